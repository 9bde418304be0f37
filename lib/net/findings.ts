import type { ConnectionReply } from '../../schemas/security/connection.ts'
import type { Client, ClientInput } from './client.ts'

/** Scheme, host and base path of the page, as the browser sees them. */
export interface Page {
  scheme: 'http' | 'https'
  origin: string
  host: string
  /** Without trailing slash; empty for the root. */
  prefix: string
}

/** One request, as it reached the daemon. */
export interface Arrival {
  input: ClientInput
  tls: ConnectionReply['tls']
  httpVersion: string
  /** Null if the client did not send the browser's URL. */
  page: Page | null
  /** MONITOR_TRUSTED_PROXIES. */
  configured: readonly string[]
  /** The trusted proxies of settings.json. */
  added: readonly string[]
  /** The daemon's own port. */
  port: number
}

/** One element of the proxy chain, with the decision about it. */
export interface Step {
  element: string
  address: string | null
  trusted: boolean
}

/** Everything known about a request's path through proxies. */
export interface Findings extends Omit<Arrival, 'input'> {
  headers: ClientInput['headers']
  client: Client
  /** The client if the peer were trusted. Problems that remain then have another cause. */
  clientIfTrusted: Client
  steps: Step[]
  /** The elements left of the steps, from the right. They were not evaluated. */
  ignored: string[]
  /** The walk ended at MAX_HOPS: its last element is trusted, but more follow. */
  reachedLimit: boolean
  ruleOf: (address: string) => TrustRule | null
}

export interface TrustRule {
  source: 'MONITOR_TRUSTED_PROXIES' | 'settings.json'
  network: string
}
