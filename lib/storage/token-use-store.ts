import type { StateDatabase } from './state-database.ts'
import type { TokenUse, TokenUseStore } from './stores/token-uses.ts'

export function createTokenUseStore(state: StateDatabase): TokenUseStore {
  const uses = new Map<string, TokenUse>()
  const changed = new Set<string>()
  state.attach({
    names: ['token_uses'],
    load(sql) {
      for (const { hash, used_at, address } of sql.all`SELECT * FROM token_uses`)
        uses.set(hash as string, { at: used_at as number, address: address as string })
    },
    hasChanges: () => changed.size > 0,
    markAll() {
      for (const hash of uses.keys()) changed.add(hash)
    },
    write(sql) {
      for (const hash of changed) {
        const { at, address } = uses.get(hash)!
        sql.run`INSERT OR REPLACE INTO token_uses (hash, used_at, address) VALUES (${hash}, ${at}, ${address})`
      }
    },
    written: () => changed.clear()
  })

  return {
    touch(hash, now, address) {
      const use = uses.get(hash)
      if (use === undefined) uses.set(hash, { at: now, address })
      else if (now - use.at < 1000 && use.address === address) return
      else {
        use.at = now
        use.address = address
      }
      changed.add(hash)
    },

    async findAll(hashes) {
      const known = hashes.filter((hash) => uses.has(hash))
      return new Map(known.map((hash) => [hash, { ...uses.get(hash)! }]))
    },

    flush: () => state.save()
  }
}
