import { compileNetworks, normaliseNetwork } from '../net/address.ts'

/** Addresses that get nothing. Filled off the request path by whoever knows (fail2ban). */
export interface BanList {
  /** Takes an address in its one spelling (lib/net/address.ts). */
  isBanned(address: string): boolean
  /** Of addresses and networks. */
  count(): number
  /** Replaces the whole list, as its source sees it now: addresses and CIDRs in any spelling. What is neither is left out. */
  replace(entries: Iterable<string>): void
}

export function createBanList(): BanList {
  let addresses: ReadonlySet<string> = new Set()
  let networkCount = 0
  let isInNetwork: ((address: string) => boolean) | null = null
  return {
    isBanned: (address) => addresses.has(address) || isInNetwork?.(address) === true,
    count: () => addresses.size + networkCount,
    replace(entries) {
      const single = new Set<string>()
      const networks: string[] = []
      for (const entry of entries) {
        // What stands in the list is in its one spelling; most of the next list does.
        const normal = addresses.has(entry) ? entry : normaliseNetwork(entry)
        if (normal?.includes('/')) networks.push(normal)
        else if (normal !== null) single.add(normal)
      }
      addresses = single
      networkCount = networks.length
      isInNetwork = networks.length === 0 ? null : compileNetworks(networks)
    }
  }
}
