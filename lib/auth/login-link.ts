import { compileAllowList } from '../net/address.ts'
import type { AuthStore } from '../storage/stores/auth.ts'
import type { LoginLinkStore } from '../storage/stores/login-links.ts'
import type { OpenedSession, Origin, SessionIssuer } from './login.ts'

/** Lifetime of a login link (contract 13), ms. */
export const LOGIN_LINK_TTL_MS = 300_000

export interface LoginLinkOptions {
  links: LoginLinkStore
  store: AuthStore
  openSession: SessionIssuer['open']
}

/**
 * Logs in by a link of the command line. RFC 8176 calls this `mca`: the link comes by another channel. It is neither a
 * second factor nor a confirmation, and the user's allow-list applies. Null for an invalid link.
 */
export const createLoginByLink =
  ({ links, store, openSession }: LoginLinkOptions) =>
  async (secret: string, origin: Origin): Promise<OpenedSession | null> => {
    const link = await links.redeem(secret)
    const account = link && (await store.findAccount(link.userId))
    if (!account?.isActive || account.credential !== link!.credential) return null
    if (!compileAllowList(account.allowedIps)(origin.address)) return null
    return openSession(account, account.credential, ['mca'], origin)
  }
export type LoginByLink = ReturnType<typeof createLoginByLink>
