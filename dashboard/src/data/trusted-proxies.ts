import { api } from '../api/client.ts'

const PATH = '/api/security/trusted-proxies'

/**
 * Replaces the list of trusted proxies, which reverts unless it is kept within `withinSeconds`. The list is read again
 * right before: another tab may have added to it. Announce the change after it.
 */
export async function changeTrustedProxies(
  apply: (proxies: string[]) => string[],
  withinSeconds: number
): Promise<void> {
  const { added } = await api.get(PATH)
  await api.put(PATH, { body: { proxies: apply(added), confirm_within: withinSeconds } })
}
