import { useSyncExternalStore } from 'react'
import { freshToken, renew, start } from '../../session/session.ts'

// Here and nowhere else: no storage ever holds it.
let apiToken: string | null = null
const listeners = new Set<() => void>()

/** Uses an API token in place of a session; null ends that. */
export function setApiToken(token: string | null): void {
  apiToken = token
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useApiToken = (): string | null => useSyncExternalStore(subscribe, () => apiToken)

/** The token for the next request; null on an open host. */
export const currentToken = async (): Promise<string | null> => apiToken ?? freshToken()

const endings = new Set(['TOKEN_INVALID', 'TOKEN_MISSING', 'SETUP_REQUIRED'])

/** A request with `token` was refused: the token is renewed, or a login is asked for. Other codes change nothing. */
export async function onRefused(code: string | undefined, token: string | null): Promise<void> {
  if (code === undefined || !endings.has(code)) return
  if (apiToken !== null) {
    setApiToken(null)
    await start('ended')
  } else if (code === 'SETUP_REQUIRED') await start()
  else await renew(token, null).catch(() => {})
}
