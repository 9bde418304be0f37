import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ageProperties } from './age.ts'

const bytes = (description: string, example: number) =>
  Nullable(Type.Number({ description: `${description}, bytes.`, examples: [example] }))
const text = (description: string, example: string) =>
  Type.String({ description: `${description}.`, examples: [example] })
const NullsReason = Nullable(Type.String({ description: 'Why values are null.', examples: [null] }))

const usage = {
  node: text('Node it is on', 'pve1'),
  cpu: Nullable(Type.Number({ description: 'CPU in use, a share of `maxcpu` from 0 to 1.', examples: [0.031] })),
  maxcpu: Nullable(Type.Number({ description: 'Processors.', examples: [4] })),
  mem: bytes('Memory in use', 2147483648),
  maxmem: bytes('Memory', 4294967296),
  disk: bytes('Root disk in use; null for a VM, whose disks only the guest knows', 1610612736),
  maxdisk: bytes('Size of the root disk', 8589934592),
  uptime: Nullable(Type.Number({ description: 'Seconds since the start; 0 while stopped.', examples: [86400] }))
}

export const GuestEntrySchema = Type.Object({
  vmid: Type.Integer({ description: 'Number of the guest.', examples: [101] }),
  name: text('Name of the guest', 'web'),
  type: Type.Enum(['qemu', 'lxc'], { type: 'string', description: 'A VM or a container.', examples: ['lxc'] }),
  status: text('`running`, `stopped`, …; `unknown` while its node does not answer', 'running'),
  ...usage,
  netin: bytes('Received since the start', 103079215),
  netout: bytes('Sent since the start', 20615843),
  diskread: bytes('Read from disks since the start', 734003200),
  diskwrite: bytes('Written to disks since the start', 104857600),
  tags: Nullable(Type.String({ description: 'Its tags with `;` between; null for none.', examples: ['prod;web'] })),
  template: Type.Boolean({ description: 'It is a template, which cannot be started.', examples: [false] }),
  reason: NullsReason
})
export type GuestEntry = Static<typeof GuestEntrySchema>

export const GuestsReplySchema = Type.Object({
  success: SuccessSchema,
  vms: Type.Array(GuestEntrySchema, { description: 'VMs and containers of all nodes, by number.' }),
  ...ageProperties
})
export type GuestsReply = Static<typeof GuestsReplySchema>

const gibibytes = (description: string, example: number) =>
  Nullable(
    Type.Number({ description: `${description}, GiB; null while the status is not active.`, examples: [example] })
  )

export const StorageEntrySchema = Type.Object({
  name: text('Name of the storage', 'local'),
  type: text('Its kind', 'dir'),
  status: Type.Enum(['active', 'error'], {
    type: 'string',
    description: 'Whether it can be used.',
    examples: ['active']
  }),
  status_detail: text('The word Proxmox VE has for it', 'available'),
  total: gibibytes('Size', 93.93),
  used: gibibytes('In use', 12.5),
  available: gibibytes('Free', 81.43),
  percent: Nullable(Type.Number({ description: 'In use, percent; null while not active.', examples: [13.31] })),
  node: text('Node that sees it so', 'pve1'),
  shared: Type.Boolean({ description: 'Other nodes have the same.', examples: [false] }),
  content: text('What may lie on it, with `,` between', 'iso,vztmpl,backup')
})
export type StorageEntry = Static<typeof StorageEntrySchema>

export const ProxmoxStorageReplySchema = Type.Object({
  success: SuccessSchema,
  storage: Type.Array(StorageEntrySchema, { description: 'The storages of this node, by name.' }),
  ...ageProperties
})
export type ProxmoxStorageReply = Static<typeof ProxmoxStorageReplySchema>

export const ProxmoxReplySchema = Type.Object({
  success: SuccessSchema,
  node: Nullable(text('Name of this node', 'pve1')),
  nodes: Type.Array(
    Type.Object({
      ...usage,
      node: text('Name of the node', 'pve1'),
      status: text('`online`, `offline` or `unknown`', 'online'),
      reason: NullsReason
    }),
    { description: 'The nodes of the cluster, by name.' }
  ),
  ...ageProperties
})
export type ProxmoxReply = Static<typeof ProxmoxReplySchema>
