export interface Tenant {
  id: number
  /** Its name in the host name. */
  slug: string
  name: string
  isActive: boolean
  /** Milliseconds since the epoch. */
  createdAt: number
}

/** The code of a tenant's first launch. */
export interface SetupCode {
  /** SHA-256 in hex. */
  hash: string
  /** Milliseconds since the epoch. */
  endsAt: number
}

/** The tenants of a panel, without the operator. Every method throws StorageError where it cannot answer. */
export interface TenantStore {
  /** The id of an existing tenant. An id is never reused. */
  idOf(slug: string): Promise<number | null>
  /** By slug: those after `after`, at most `limit`. */
  list(after: string, limit: number): Promise<Tenant[]>
  find(id: number): Promise<Tenant | null>
  /** Null if the slug is taken. */
  create(tenant: Pick<Tenant, 'slug' | 'name' | 'createdAt'>, code: SetupCode): Promise<Tenant | null>
  /** Null if there is no such tenant. Every replica refuses a suspended tenant's next request. */
  change(id: number, change: { name?: string; isActive?: boolean }): Promise<Tenant | null>
  /** Removes a tenant with everything in it. Null if there is no such tenant. */
  remove(id: number): Promise<Tenant | null>
  /** False if there is no such tenant, or if it has an owner. */
  setSetupCode(id: number, code: SetupCode): Promise<boolean>
  /** The code of one tenant's first launch; null without one. */
  setupCodeOf(id: number): Promise<SetupCode | null>
  /** The code was used. */
  clearSetupCode(id: number): Promise<void>
}
