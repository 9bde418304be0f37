// How events name their targets: names and ids only, never a secret. Ids and names are separated by commas, which stay
// readable in the log. The dashboard shows them as sentences (audit-names.ts).

/** A terminal by its id, what it runs, and the process id of its shell. */
export const nameTerminal = ({ id, target, pid }: { id: string; target: string; pid: number }): string =>
  `${id},${target},${pid}`

/** A guest by its number and, where Proxmox VE gives one, its name. */
export const nameGuest = ({ vmid, name }: { vmid: number; name: string | null }): string =>
  name ? `${vmid},${name}` : `${vmid}`

/** An API token by its name, and its user if there is one and that is not the one who acts. */
export const nameToken = ({ name, user }: { name: string; user?: string }): string =>
  user ? `${name} of ${user}` : name
