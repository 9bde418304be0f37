import { parsePasswordHash } from './derive.ts'

/** Maximum iterations of a stored hash: a few seconds on one CPU. */
export const MAX_ITERATIONS = 10_000_000
const MAX_SALT_BYTES = 128
// A longer hash needs a second derivation with the same number of iterations (RFC 8018, 5.2).
const MAX_HASH_BYTES = 32

/** Why a stored hash is too expensive to compute; null for an acceptable hash. */
export function costFaultOf(stored: string): string | null {
  const parameters = parsePasswordHash(stored)
  if (parameters === null) return null
  if (parameters.iterations > MAX_ITERATIONS) return `asks for more than ${MAX_ITERATIONS} iterations`
  if (parameters.salt.length > MAX_SALT_BYTES) return `has a salt of more than ${MAX_SALT_BYTES} bytes`
  return parameters.hash.length > MAX_HASH_BYTES ? `has a hash of more than ${MAX_HASH_BYTES} bytes` : null
}

/** The same for hashes checked in one attempt, such as backup codes. Together they may cost as much as one hash. */
export function costFaultsOf(stored: readonly string[]): (string | null)[] {
  const salts = new Set<string>()
  let spent = 0
  return stored.map((text) => {
    const fault = costFaultOf(text)
    const iterations = parsePasswordHash(text)?.iterations ?? 0
    const salt = text.slice(0, text.lastIndexOf('$'))
    if (fault !== null || iterations === 0 || salts.has(salt)) return fault
    if (spent + iterations > MAX_ITERATIONS)
      return `asks, with those before it, for more than ${MAX_ITERATIONS} iterations`
    salts.add(salt)
    spent += iterations
    return null
  })
}
