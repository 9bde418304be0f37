import { parsePasswordHash } from './derive.ts'

/** The most iterations a stored hash may ask for: some seconds of one processor. */
export const MAX_ITERATIONS = 10_000_000
const MAX_SALT_BYTES = 128
// A longer hash takes a second derivation of as many iterations (RFC 8018, 5.2).
const MAX_HASH_BYTES = 32

/** Why a stored hash is never computed, whoever wrote it into auth.json; null for an acceptable one. */
export function costFaultOf(stored: string): string | null {
  const parameters = parsePasswordHash(stored)
  if (parameters === null) return null
  if (parameters.iterations > MAX_ITERATIONS) return `asks for more than ${MAX_ITERATIONS} iterations`
  if (parameters.salt.length > MAX_SALT_BYTES) return `has a salt of more than ${MAX_SALT_BYTES} bytes`
  return parameters.hash.length > MAX_HASH_BYTES ? `has a hash of more than ${MAX_HASH_BYTES} bytes` : null
}

/** The same for hashes that one attempt is compared with, such as backup codes: together they cost no more than one. */
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
