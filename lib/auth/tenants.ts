import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { TenantStore } from '../storage/stores/tenants.ts'
import { nameKeyOf } from './typed-text.ts'

/** The tenant of the panel's operator, and the only one of a host. */
export const OPERATOR = 0

const SETUP_CODE_MS = 24 * 3_600_000

/** A name in DNS (RFC 1123, 2.1), in lower case. */
const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

export const isSlug = (text: string): boolean => SLUG.test(text)

/** SHA-256 of a setup code as it was typed, in hex. */
export const setupCodeHash = (code: string): string => createHash('sha256').update(nameKeyOf(code)).digest('hex')

/**
 * The slug of the tenant that a host name means under `domain`; empty for the operator: the bare domain, and names that
 * are not a tenant's but this panel's own (`isOwnName`). Null for every other name.
 */
export function slugOf(name: string, domain: string, isOwnName: (name: string) => boolean): string | null {
  if (name === domain) return ''
  if (!name.endsWith(`.${domain}`)) return isOwnName(name) ? '' : null
  const slug = name.slice(0, -domain.length - 1)
  return isSlug(slug) ? slug : null
}

/** The operator's administration of the panel's tenants. */
export function createTenants(store: TenantStore, now: () => number) {
  const newCode = () => {
    const code = randomBytes(15).toString('base64url')
    return { code, hash: setupCodeHash(code), endsAt: now() + SETUP_CODE_MS }
  }
  return {
    list: store.list,
    find: store.find,
    change: store.change,
    remove: store.remove,

    /** A new tenant, and the code that its first launch asks for; null if the slug is taken. */
    async create(slug: string, name: string) {
      const { code, ...setup } = newCode()
      const tenant = await store.create({ slug, name, createdAt: now() }, setup)
      return tenant && { tenant, setupCode: code }
    },

    /** Whether `sent` is the code of a tenant's first launch. */
    async isSetupCode(id: number, sent: string): Promise<boolean> {
      const code = await store.setupCodeOf(id)
      const hash = setupCodeHash(sent)
      return code !== null && timingSafeEqual(Buffer.from(code.hash), Buffer.from(hash)) && code.endsAt > now()
    },

    clearSetupCode: store.clearSetupCode,

    /** A new code in place of the last one; null if there is no such tenant, or if it has an owner. */
    async renewSetupCode(id: number): Promise<string | null> {
      const { code, ...setup } = newCode()
      return (await store.setSetupCode(id, setup)) ? code : null
    }
  }
}
export type Tenants = ReturnType<typeof createTenants>
