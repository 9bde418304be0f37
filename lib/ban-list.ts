/** Addresses that get nothing. Filled off the request path by whoever knows (fail2ban). */
export interface BanList {
  isBanned(address: string): boolean
  /** Replaces the whole list, as its source sees it now. */
  replace(addresses: Iterable<string>): void
}

export function createBanList(): BanList {
  let banned: ReadonlySet<string> = new Set()
  return {
    isBanned: (address) => banned.has(address),
    replace(addresses) {
      banned = new Set(addresses)
    }
  }
}
