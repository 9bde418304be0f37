import { createHash, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { normalisePassword } from './policy.ts'

/** Iterations of new hashes (contract 4). */
export const ITERATIONS = 600_000
const SALT_BYTES = 16
const HASH_BYTES = 32

interface Parameters {
  iterations: number
  salt: Buffer
  hash: Buffer
}

/** `pbkdf2_sha256$<iterations>$<salt>$<hash>`, standard base64 (contract 4). Null for another format. */
export function parsePasswordHash(stored: string): Parameters | null {
  const [scheme, iterations, salt, hash, ...rest] = stored.split('$')
  if (scheme !== 'pbkdf2_sha256' || !iterations || !salt || !hash || rest.length > 0) return null
  return { iterations: Number(iterations), salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

const derive = (password: string, { salt, iterations, hash }: Parameters): Buffer =>
  pbkdf2Sync(password, salt, iterations, hash.length, 'sha256')

const matches = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

function spend(iterations: number): void {
  if (iterations > 0) pbkdf2Sync('', 'padding', iterations, HASH_BYTES, 'sha256')
}

export interface VerifyTask {
  kind: 'verify'
  password: string
  /** Null for an unknown user; the check takes the same time. */
  stored: string | null
  /** Minimum iterations of every attempt, so that the response time reveals nothing. */
  atLeast: number
  /** Iterations of new hashes; a weaker one is replaced. By default `ITERATIONS`. */
  iterations?: number
}

export interface VerifyResult {
  ok: boolean
  /** A new hash that replaces a weaker one after a correct password. */
  rehashed: string | null
}

function hashUnder(salt: Buffer, text: string, iterations: number): string {
  const hash = pbkdf2Sync(text, salt, iterations, HASH_BYTES, 'sha256')
  return `pbkdf2_sha256$${iterations}$${salt.toString('base64')}$${hash.toString('base64')}`
}

/** Blocking (a fraction of a second): runs in a hashing thread. */
export function hashPassword(password: string, iterations = ITERATIONS): string {
  const salt = randomBytes(SALT_BYTES)
  return hashUnder(salt, normalisePassword(password), iterations)
}

/** Blocking, one derivation per code: hashes backup codes under one salt, as findMatch expects. */
export function hashCodes(codes: readonly string[], iterations = ITERATIONS): string[] {
  const salt = randomBytes(SALT_BYTES)
  return codes.map((code) => hashUnder(salt, code, iterations))
}

/** Blocking: runs in a hashing thread. Tries the normalised password, then the raw one, which older hashes used. */
export function verifyPassword(task: Omit<VerifyTask, 'kind'>): VerifyResult {
  const { password, stored, atLeast, iterations = ITERATIONS } = task
  const normalised = normalisePassword(password)
  const spellings = normalised === password ? [password] : [normalised, password]
  const parameters = stored === null ? null : parsePasswordHash(stored)
  let ok = false
  for (const spelling of spellings) {
    if (parameters) {
      if (matches(derive(spelling, parameters), parameters.hash)) ok = true
    } else if (stored !== null) {
      const digest = createHash('sha256').update(spelling).digest()
      if (matches(digest, Buffer.from(stored, 'hex'))) ok = true
    }
    spend(atLeast - (parameters?.iterations ?? 0))
  }
  const weak = parameters === null || parameters.iterations < iterations
  return { ok, rehashed: ok && weak ? hashPassword(password, iterations) : null }
}

/** Iterations of a stored hash; 0 for the plain SHA-256 of older installs. */
export const iterationsOf = (stored: string | null): number => parsePasswordHash(stored ?? '')?.iterations ?? 0

/** Index of the stored hash that matches a code, or -1. Hashes with equal salt and iterations share one derivation. */
export function findMatch(code: string, stored: readonly string[]): number {
  const derived = new Map<string, Buffer>()
  let found = -1
  stored.forEach((text, index) => {
    const parameters = parsePasswordHash(text)
    if (!parameters) return
    const key = text.slice(0, text.lastIndexOf('$'))
    const hash = derived.get(key) ?? derive(code, parameters)
    derived.set(key, hash)
    if (matches(hash, parameters.hash) && found === -1) found = index
  })
  return found
}
