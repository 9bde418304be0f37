/**
 * The names of this machine in lower case: its host name, the host name under .local (mDNS), and its names in
 * /etc/hosts, where Proxmox writes the full name.
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
