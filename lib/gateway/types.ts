import type {
  GatewayJob,
  GatewayJobKind,
  GatewayOptionsReply,
  GatewayReply,
  GatewayUpdateReply,
  NewGatewayBody
} from '../../schemas/security/gateway.ts'

/** In the state folder. */
export const RECORD_FILE = 'gateway.json'

export type GatewayStatus = Omit<GatewayReply, 'success'>
export type GatewayOptions = Omit<GatewayOptionsReply, 'success'>
export type GatewayUpdate = Omit<GatewayUpdateReply, 'success'>

export type Refusal = {
  ok: false
  /**
   * `CONFLICT`: not on this host, or not in this state. `BUSY`: Proxmox VE did not answer. `VALIDATION`: `path` names the
   * field.
   */
  code: 'CONFLICT' | 'BUSY' | 'VALIDATION'
  reason: string
  path?: string
}
export type Outcome<T> = { ok: true; value: T } | Refusal

/** The Secure Gateway of this host (contract 16). One job runs at a time. */
export interface Gateway {
  /** The newest known state. Starts no program. */
  status(): GatewayStatus
  /** Grows when `status` may have changed. */
  revision(): number
  /** What a deployment can choose from, read now. */
  options(): Promise<Outcome<GatewayOptions>>
  /** Checks the request, then starts the deployment. `by` is the name of the user. */
  deploy(request: NewGatewayBody, by: string): Promise<Outcome<GatewayJob>>
  /** Starts a job that needs no more words. */
  begin(kind: Exclude<GatewayJobKind, 'deploy' | 'auth-key'>): Outcome<GatewayJob>
  /** Logs the gateway in again with a new key. */
  renewKey(authKey: string): Outcome<GatewayJob>
  /** Asks the package repository at most once an hour, or now. */
  checkUpdate(force: boolean): Promise<Outcome<GatewayUpdate>>
  /** The last lines of tailscaled's log. */
  logs(lines: number): Promise<Outcome<string>>
  /** A job since the start of the daemon; null if there is none with this id. */
  job(id: string): GatewayJob | null
  /** Resolves when the job has ended; null if there is none with this id. */
  ended(id: string): Promise<GatewayJob | null>
}
