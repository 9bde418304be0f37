import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { NamedObject } from '../foundation/named-object.ts'
import { ageProperties } from './age.ts'

const bytes = (description: string, example: number) =>
  Nullable(Type.Number({ description: `${description}, bytes.`, examples: [example] }))
const text = (description: string, example: string) =>
  Type.String({ description: `${description}.`, examples: [example] })
const NullReason = Nullable(Type.String({ description: 'Why values are null.', examples: [null] }))

const usage = {
  node: text('Node of the guest or storage', 'pve1'),
  cpu: Nullable(Type.Number({ description: 'CPU usage as a share of `maxcpu`, 0 to 1.', examples: [0.031] })),
  maxcpu: Nullable(Type.Number({ description: 'Processors.', examples: [4] })),
  mem: bytes('Memory in use', 2147483648),
  maxmem: bytes('Memory', 4294967296),
  disk: bytes('Used space of the root disk; null for a VM, because Proxmox VE cannot see it', 1610612736),
  maxdisk: bytes('Size of the root disk', 8589934592),
  uptime: Nullable(Type.Number({ description: 'Seconds since the start; 0 if stopped.', examples: [86400] }))
}

export const GuestEntrySchema = NamedObject('Guest', {
  vmid: Type.Integer({ description: 'Id of the guest.', examples: [101] }),
  name: text('Name of the guest', 'web'),
  type: Type.Enum(['qemu', 'lxc'], {
    type: 'string',
    description: '`qemu` is a VM, `lxc` a container.',
    examples: ['lxc']
  }),
  status: text('`running`, `stopped`, …; `unknown` while its node does not answer', 'running'),
  ...usage,
  netin: bytes('Received since the start', 103079215),
  netout: bytes('Sent since the start', 20615843),
  diskread: bytes('Read from disks since the start', 734003200),
  diskwrite: bytes('Written to disks since the start', 104857600),
  tags: Nullable(Type.String({ description: 'Tags separated by `;`; null without tags.', examples: ['prod;web'] })),
  template: Type.Boolean({ description: 'True for a template, which cannot be started.', examples: [false] }),
  reason: NullReason
})
export type GuestEntry = Static<typeof GuestEntrySchema>

export const GuestsReplySchema = Type.Object({
  success: SuccessSchema,
  guests: Type.Array(GuestEntrySchema, { description: 'VMs and containers of all nodes, sorted by id.' }),
  ...ageProperties
})
export type GuestsReply = Static<typeof GuestsReplySchema>

/** The Monitor's clients read an array without an envelope. */
export const VmsReplySchema = Type.Array(GuestEntrySchema, { description: 'Sorted by id; empty off Proxmox VE.' })

const gibibytes = (description: string, example: number) =>
  Nullable(Type.Number({ description: `${description}, GiB; null if the status is not active.`, examples: [example] }))

export const StorageEntrySchema = NamedObject('ProxmoxStorage', {
  name: text('Name of the storage', 'local'),
  type: text('Storage type', 'dir'),
  status: Type.Enum(['active', 'error'], {
    type: 'string',
    description: 'Whether the storage can be used.',
    examples: ['active']
  }),
  status_detail: text('Status in Proxmox VE', 'available'),
  total: gibibytes('Size', 93.93),
  used: gibibytes('In use', 12.5),
  available: gibibytes('Free', 81.43),
  percent: Nullable(
    Type.Number({ description: 'Used share, percent; null if the status is not `active`.', examples: [13.31] })
  ),
  node: text('Node that reports these values', 'pve1'),
  shared: Type.Boolean({ description: 'True if the nodes of the cluster share the storage.', examples: [false] }),
  content: text('Allowed content types, separated by `,`', 'iso,vztmpl,backup')
})
export type StorageEntry = Static<typeof StorageEntrySchema>

export const ProxmoxStorageReplySchema = Type.Object({
  success: SuccessSchema,
  storage: Type.Array(StorageEntrySchema, { description: 'The storages of this node, sorted by name.' }),
  ...ageProperties
})
export type ProxmoxStorageReply = Static<typeof ProxmoxStorageReplySchema>

export const ProxmoxReplySchema = Type.Object({
  success: SuccessSchema,
  node: Nullable(text('Name of this node', 'pve1')),
  nodes: Type.Array(
    NamedObject('ProxmoxNode', {
      ...usage,
      node: text('Name of the node', 'pve1'),
      status: text('`online`, `offline` or `unknown`', 'online'),
      reason: NullReason
    }),
    { description: 'The nodes of the cluster, sorted by name.' }
  ),
  ...ageProperties
})
export type ProxmoxReply = Static<typeof ProxmoxReplySchema>
