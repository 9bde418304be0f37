import { useEffect } from 'react'
import { t } from '../texts/index.ts'
import { useOwnName } from './host-info.tsx'

/** Sets the title of the browser tab: page, host or tenant, product. */
export function useTitle(page: string): void {
  const owner = useOwnName()
  useEffect(() => {
    document.title = [page, owner, t.product].filter(Boolean).join(' · ')
  }, [page, owner])
}
