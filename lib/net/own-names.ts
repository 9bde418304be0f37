/**
 * The names this machine goes by: its host name, that name under .local (mDNS), and what /etc/hosts calls it (Proxmox
 * writes its full name there). Lower case.
 */
export function listOwnNames(hostname: string, hostsFile: string): string[] {
  const own = hostname.toLowerCase()
  const short = own.split('.')[0]!
  const names = new Set([own, short, `${short}.local`])
  for (const line of hostsFile.split('\n')) {
    const [, ...listed] = line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/)
    if (listed.includes(own) || listed.includes(short)) for (const name of listed) names.add(name)
  }
  names.delete('')
  return [...names]
}
