import type { LoginLink, LoginLinkStore } from '../stores/login-links.ts'
import { createSingleUse, type SingleUseOptions } from './single-use.ts'

/** Login links in Redis. */
export function createPanelLoginLinks(options: SingleUseOptions): LoginLinkStore {
  const links = createSingleUse(options, 'login-link')
  return {
    issue: ({ userId, credential }, ttlMs) =>
      links.issue(JSON.stringify({ userId, credential } satisfies LoginLink), ttlMs),
    async redeem(secret) {
      const text = await links.redeem(secret)
      return text === null ? null : (JSON.parse(text) as LoginLink)
    }
  }
}
