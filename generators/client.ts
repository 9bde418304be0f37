/** What the script (script.ts) calls. An adapter fills it with the functions of one generated client, without a cast. */

export interface Refused {
  ok: false
  status: number
  code: string
  needs?: readonly string[]
  requires_totp?: boolean
}
export type Outcome<T> = { ok: true; data: T } | Refused

interface Named {
  id: number
  username: string
}
export interface Credentials {
  password: string
  totp_code?: string
}

export interface Client {
  /** The token of the following calls; null for calls without one. */
  useToken(token: string | null): void
  status(): Promise<Outcome<{ configured: boolean; authenticated: boolean }>>
  setUp(body: { username: string; password: string }): Promise<Outcome<{ token: string }>>
  login(body: { username: string } & Credentials): Promise<Outcome<{ token: string; user: Named }>>
  confirm(body: Credentials): Promise<Outcome<{ expires_in: number }>>
  beginTotp(): Promise<Outcome<{ secret: string; backup_codes: string[] }>>
  enableTotp(code: string): Promise<Outcome<object>>
  system(): Promise<Outcome<{ hostname: string; memory_usage: number | null }>>
  mintToken(
    body: { token_name: string; scope: 'read_only' | 'full_admin' } & Credentials
  ): Promise<Outcome<{ id: string; token: string }>>
  listTokens(): Promise<Outcome<{ tokens: { id: string; name: string; revoked: boolean }[] }>>
  revokeToken(id: string): Promise<Outcome<{ message: string }>>
  uploadAvatar(file: File): Promise<Outcome<{ has_avatar: boolean; avatar_content_type: string | null }>>
  downloadAvatar(): Promise<Outcome<Blob>>
  createUser(body: {
    username: string
    password: string
    permissions: 'system.view'[]
  }): Promise<Outcome<{ user: Named }>>
  renameUser(id: number, display_name: string): Promise<Outcome<{ user: Named & { display_name: string } }>>
  removeUser(id: number): Promise<Outcome<{ message: string }>>
  sslStatus(): Promise<Outcome<{ enabled: boolean; certificate: { days_left: number } | null }>>
  logs(limit: number): Promise<Outcome<{ logs: { timestamp: string; level: string | null; message: string }[] }>>
  history(
    timeframe: 'hour' | 'day'
  ): Promise<Outcome<{ timeframe: string; data: { time: number; cpu?: number | null }[] }>>
}

export type CreateClient = (baseUrl: string) => Client
