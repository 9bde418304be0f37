import { useSyncExternalStore } from 'react'

// Routes are in the URL fragment, so the daemon and every proxy see a single page.
const read = () => decodeSafely(location.hash.replace(/^#\/?/, ''))

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener)
  return () => window.removeEventListener('hashchange', listener)
}

/** `#/security/tokens` is `['security', 'tokens']`; the overview is `[]`. */
export function usePlace(): string[] {
  const path = useSyncExternalStore(subscribe, read)
  return path.split('/').filter(Boolean)
}

/** The href of an internal link: `<a href={hrefOf('security', 'tokens')}>`. */
export const hrefOf = (...parts: string[]): string => `#/${parts.map(encodeURIComponent).join('/')}`

export const goTo = (...parts: string[]): void => {
  location.hash = hrefOf(...parts)
}
