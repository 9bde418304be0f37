import { compileNetworks, normaliseNetwork } from '../net/address.ts'

/** Addresses whose requests are rejected. The list is filled outside of the request path. */
export interface BanList {
  /** Takes a canonical address (normaliseAddress in lib/net/address.ts). */
  isBanned(address: string): boolean
  /** Number of banned addresses and networks. */
  count(): number
  /** Replaces the whole list. Takes addresses and CIDRs in any spelling; invalid entries are dropped. */
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
        // Entries already in the list are canonical, and most of the next list is unchanged.
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
