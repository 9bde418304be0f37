/** What a terminal runs: a program and its arguments, or why it cannot be had here. */
export type Command = { ok: true; file: string; args: string[] } | { ok: false; reason: string }

export interface TargetOptions {
  /** The login shell, as it is started for `shell`. */
  shell: { file: string; args: string[] }
  /** The path of a program that can be run, or null. */
  findProgram: (name: string) => string | null
}

// Proxmox VE's own range (PVE::JSONSchema, pve-vmid).
const CONTAINER = /^lxc:([1-9][0-9]{2,8})$/

/** The command of a target: `shell`, or `lxc:<vmid>` for a container's shell where this host is Proxmox. */
export function commandOf(target: string, { shell, findProgram }: TargetOptions): Command {
  if (target === 'shell') return { ok: true, ...shell }
  const vmid = CONTAINER.exec(target)?.[1]
  if (vmid === undefined) return { ok: false, reason: 'the target is neither shell nor lxc:<vmid>' }
  const file = findProgram('pct')
  if (file === null) return { ok: false, reason: 'containers need Proxmox VE; there is no pct on this host' }
  return { ok: true, file, args: ['enter', vmid] }
}
