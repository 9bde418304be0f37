import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'

export type Tenant = Reply<'/api/tenants'>['tenants'][number]
export type SetupCode = Pick<Reply<'/api/tenants', 'post'>, 'setup_code' | 'setup_url'>

/** What a page of the list shows. */
export interface Shown {
  tenants: readonly Tenant[]
  /** The `after` of the next page; null on the last one. */
  next: string | null
  /** There are more matches than are shown. */
  isTruncated: boolean
}

/** Rows of one page. */
export const PAGE = 100
/** Tenants that one request of a search reads. */
const CHUNK = 1000

export const isSlug = (text: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)
/** The API's rule for a name, without the characters that no keyboard types. */
export const isName = (text: string): boolean => text !== '' && [...text].length <= 64

/** The address of a tenant's pages, at the port of this page. */
export const addressOf = (slug: string, domain: string): string =>
  `${location.protocol}//${slug}.${domain}${location.port && `:${location.port}`}/`

export async function loadPage(after: string, signal: AbortSignal): Promise<Shown> {
  const { tenants, next_after: next } = await api.get('/api/tenants', { query: { limit: PAGE, after }, signal })
  return { tenants, next, isTruncated: false }
}

/** The tenants whose slug or name contains a text. The API cannot search, so this reads its pages. */
export async function findTenants(text: string, signal: AbortSignal): Promise<Shown> {
  const wanted = text.toLowerCase()
  const found: Tenant[] = []
  let after: string | null = ''
  while (after !== null && found.length <= PAGE) {
    const reply: Reply<'/api/tenants'> = await api.get('/api/tenants', { query: { limit: CHUNK, after }, signal })
    found.push(
      ...reply.tenants.filter(({ slug, name }) => slug.includes(wanted) || name.toLowerCase().includes(wanted))
    )
    after = reply.next_after
  }
  return { tenants: found.slice(0, PAGE), next: null, isTruncated: found.length > PAGE }
}
