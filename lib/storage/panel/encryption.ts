import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** The first key encrypts; all keys decrypt, so that replicas go on while a key is being changed. */
export type Keys = readonly [Buffer, ...Buffer[]]

const KEY_BYTES = 32
const IV_BYTES = 12
const TAG_BYTES = 16

/** A secret that none of the keys decrypts: another key, another row, or an altered value. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError'
}

function keyOf(text: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length !== KEY_BYTES) throw new Error(`a key has ${KEY_BYTES} bytes in base64`)
  return key
}

/**
 * The keys of MONITOR_ENCRYPTION_KEY: 32 bytes in base64, the new key before the old one with a comma between them. Throws
 * an Error that does not name the value.
 */
export function readKeys(text: string): Keys {
  const [first, ...others] = text.split(',').map((each) => keyOf(each.trim()))
  return [first!, ...others]
}

/** AES-256-GCM of text, bound to its place, such as `users/0/1/totp_secret`. Base64 of IV, tag and ciphertext. */
export function encrypt(text: string, place: string, [key]: Keys): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64')
}

/** The text of a value that `encrypt` returned for this place. Throws DecryptionError. */
export function decrypt(value: string, place: string, keys: Keys): string {
  const bytes = Buffer.from(value, 'base64')
  for (const key of keys) {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES))
        .setAAD(Buffer.from(place))
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES))
      return decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
    } catch {
      // Encrypted with one of the other keys.
    }
  }
  throw new DecryptionError(`${place} cannot be decrypted with MONITOR_ENCRYPTION_KEY`)
}
