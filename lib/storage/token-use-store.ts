import type { DatabaseSync } from 'node:sqlite'

export interface TokenUse {
  /** Milliseconds since the epoch. */
  at: number
  address: string
}

/** When and from where each API token was last used, by the SHA-256 of the token. `touch` works on memory. */
export interface TokenUseStore {
  touch(hash: string, now: number, address: string): void
  find(hash: string): TokenUse | null
  /** Writes what was used since the last time. */
  flush(): Promise<void>
}

export function createTokenUseStore(database: DatabaseSync): TokenUseStore {
  const put = database.prepare('INSERT OR REPLACE INTO token_uses (hash, used_at, address) VALUES (?, ?, ?)')
  const uses = new Map<string, TokenUse>()
  for (const row of database.prepare('SELECT hash, used_at, address FROM token_uses').all()) {
    uses.set(row.hash as string, { at: row.used_at as number, address: row.address as string })
  }
  const unwritten = new Set<string>()

  return {
    touch(hash, now, address) {
      const use = uses.get(hash)
      if (use === undefined) uses.set(hash, { at: now, address })
      else if (now - use.at < 1000 && use.address === address) return
      else {
        use.at = now
        use.address = address
      }
      unwritten.add(hash)
    },

    find: (hash) => uses.get(hash) ?? null,

    async flush() {
      for (const hash of unwritten) {
        const { at, address } = uses.get(hash)!
        put.run(hash, at, address)
        unwritten.delete(hash)
      }
    }
  }
}
