/** The program and arguments of a terminal, or why the target is not available on this host. */
export type Command = { ok: true; file: string; args: string[] } | { ok: false; reason: string }

export interface TargetOptions {
  /** The login shell, started for `shell`. */
  shell: { file: string; args: string[] }
  /** The path of an executable, or null. */
  findProgram: (name: string) => string | null
}

// Proxmox VE's own range (PVE::JSONSchema, pve-vmid).
const CONTAINER = /^lxc:([1-9][0-9]{2,8})$/

/** The command of a target: `shell`, or `lxc:<vmid>` for a container's shell where this host is Proxmox. */
export function commandOf(target: string, { shell, findProgram }: TargetOptions): Command {
  if (target === 'shell') return { ok: true, ...shell }
  const vmid = CONTAINER.exec(target)?.[1]
  if (vmid === undefined) return { ok: false, reason: 'the target must be shell or lxc:<vmid>' }
  const file = findProgram('pct')
  if (file === null)
    return { ok: false, reason: 'containers need Proxmox VE; its program pct was not found on this host' }
  return { ok: true, file, args: ['enter', vmid] }
}
