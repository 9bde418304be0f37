import { useEffect } from 'react'
import { t } from '../texts/index.ts'
import { useOwnName } from './host-info.tsx'

let subject = ''
const listeners = new Set<() => void>()

function setSubject(text: string): void {
  subject = text
  for (const listener of listeners) listener()
}

/** Sets the title of the browser tab: what the page shows, page, host or tenant, product. */
export function useTitle(page: string): void {
  const owner = useOwnName()
  useEffect(() => {
    const show = () => {
      document.title = [subject, page, owner, t.product].filter(Boolean).join(' · ')
    }
    show()
    listeners.add(show)
    return () => void listeners.delete(show)
  }, [page, owner])
}

/** What the page shows at present, such as the name of a terminal, for the title of the browser tab. Empty for nothing. */
export function useTitleSubject(text: string): void {
  useEffect(() => {
    setSubject(text)
    return () => setSubject('')
  }, [text])
}
