import { basePath } from '../api/place.ts'

/** `in` and `out`: somebody logged in or out in another tab. `changed`: protection was set up, declined or removed. */
export type News = 'in' | 'out' | 'changed'

const channel = new BroadcastChannel(`proxmenux-monitor${basePath}`)

export const tell = (news: News): void => channel.postMessage(news)

export function onNews(listener: (news: News) => void): void {
  channel.addEventListener('message', (event: MessageEvent<News>) => listener(event.data))
}

const HINT = `signed-in${basePath}`

/**
 * Whether there may be a refresh cookie, which no script can see: asking without one would be a refusal each time
 * somebody opens the page. Where storage is switched off it is asked anyway.
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
    // Storage is switched off.
  }
}
