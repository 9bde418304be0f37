import type { ConnectionReply } from '../../schemas/security/connection.ts'
import type { Client, ClientInput } from './client.ts'

/** What the browser sees: scheme, host and base path of the page it shows. */
export interface Page {
  scheme: 'http' | 'https'
  origin: string
  host: string
  /** Without a slash at its end; empty at the top of a host. */
  prefix: string
}

export interface Arrival {
  input: ClientInput
  tls: ConnectionReply['tls']
  httpVersion: string
  /** Null where nobody said what the browser sees. */
  page: Page | null
  /** MONITOR_TRUSTED_PROXIES. */
  configured: readonly string[]
  /** The trusted proxies of settings.json. */
  added: readonly string[]
  /** Where this daemon listens. */
  port: number
}

/** One element of the chain, as it was decided on. */
export interface Step {
  element: string
  address: string | null
  trusted: boolean
}

/** What is known of one request's way here. */
export interface Findings extends Omit<Arrival, 'input'> {
  headers: ClientInput['headers']
  client: Client
  /** The client as it would be if the peer was trusted: what is still wrong then is a fault of its own. */
  settled: Client
  steps: Step[]
  /** Left of the steps, from the right; nobody looked at it. */
  rest: string[]
  /** The walk ended because of its bound: the last one looked at is trusted, and yet not the first of the chain. */
  reachedLimit: boolean
  ruleOf: (address: string) => TrustRule | null
}

export interface TrustRule {
  source: 'MONITOR_TRUSTED_PROXIES' | 'settings.json'
  network: string
}
