import { useEffect } from 'react'
import { t } from '../texts/index.ts'
import { useHostInfo } from './host-info.tsx'

/** Sets the title of the browser tab: page, host, product. */
export function useTitle(page: string): void {
  const hostname = useHostInfo().data?.hostname
  useEffect(() => {
    document.title = [page, hostname, t.product].filter(Boolean).join(' · ')
  }, [page, hostname])
}
