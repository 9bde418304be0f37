import type { Guest } from '../proxmox/resources.ts'

export const actions = ['start', 'shutdown', 'stop', 'reboot'] as const
export type Action = (typeof actions)[number]

export type Refusal = {
  ok: false
  /**
   * `NOT_FOUND`: no such guest or task. `CONFLICT`: not on this host, or not in the present state. `BUSY`: Proxmox VE did
   * not answer, or too much is going on.
   */
  code: 'NOT_FOUND' | 'CONFLICT' | 'BUSY'
  reason: string
}
export type Outcome<T> = { ok: true; value: T } | Refusal

export const refuse = (code: Refusal['code'], reason: string): Refusal => ({ ok: false, code, reason })

export type GuestId = Pick<Guest, 'vmid' | 'type' | 'node'>

export const pathOf = ({ node, type, vmid }: GuestId) => `/nodes/${node}/${type}/${vmid}`
