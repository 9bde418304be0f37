import { basePath } from '../api/place.ts'

/** `in` and `out`: a login or logout in another tab. `changed`: authentication was set up, declined or removed. */
export type News = 'in' | 'out' | 'changed'

const channel = new BroadcastChannel(`proxmenux-monitor${basePath}`)

export const broadcast = (news: News): void => channel.postMessage(news)

export function onBroadcast(listener: (news: News) => void): void {
  channel.addEventListener('message', (event: MessageEvent<News>) => listener(event.data))
}

const HINT = `signed-in${basePath}`

/**
 * Whether a refresh cookie may exist. Scripts cannot read the cookie, and a refresh without one fails on each page
 * load. If storage is disabled, the page tries anyway.
 */
export const mayHaveCookie = (): boolean => {
  try {
    return localStorage.getItem(HINT) !== null
  } catch {
    return true
  }
}

export function rememberCookie(there: boolean): void {
  try {
    if (there) localStorage.setItem(HINT, '1')
    else localStorage.removeItem(HINT)
  } catch {
    // Storage is disabled.
  }
}
