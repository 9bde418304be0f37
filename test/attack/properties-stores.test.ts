import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import { normaliseBackupCode } from '../../lib/auth/backup-codes.ts'
import { createPasswordPolicy, normalisePassword } from '../../lib/auth/passwords/policy.ts'
import { parseDuration, readConfig, variables } from '../../lib/startup/config.ts'
import { openAuthStore } from '../../lib/storage/auth-store.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { createDocumentReader } from '../../lib/storage/json-document.ts'
import { AuthFileSchema } from '../../schemas/auth/auth-file.ts'
import { temporaryFolder } from '../support/app.ts'

const runs = { numRuns: 1000 }
const anyText = fc.string({ unit: 'binary', maxLength: 80 })
const read = createDocumentReader(AuthFileSchema)
const hex64 = fc.stringMatching(/^[0-9a-f]{64}$/)

/** A word that occurs only in secrets. */
const SECRET = 'Zq7Secret7qZ'

const goodFile = fc.record(
  {
    enabled: fc.boolean(),
    declined: fc.boolean(),
    configured: fc.boolean(),
    username: fc.option(fc.string({ minLength: 1, maxLength: 20 })),
    display_name: fc.option(fc.string({ maxLength: 20 })),
    jwt_secret: fc.stringMatching(/^[\w-]{40,64}$/),
    last_totp_counter: fc.option(fc.nat()),
    revoked_tokens: fc.array(hex64, { maxLength: 3 }),
    backup_codes: fc.array(fc.record({ code: hex64, used: fc.boolean(), note: fc.jsonValue() }), { maxLength: 3 }),
    theirs: fc.jsonValue(),
    'users ': fc.jsonValue(),
    constructor: fc.jsonValue()
  },
  { requiredKeys: [] }
)

t.test('random bytes never make the reader of auth.json throw, and no fault quotes them', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const document = await read(bytes)
      return document.ok || /^[\x20-\x7e]+$/.test(document.fault)
    }),
    runs
  )
  for (const text of [
    '',
    '\0',
    '['.repeat(200_000),
    '{"a":'.repeat(200_000),
    `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  ])
    await read(Buffer.from(text))
})

t.test('random JSON never makes the reader of auth.json throw, and no fault quotes the secret', async () => {
  const field = fc.constantFrom(...Object.keys(AuthFileSchema.properties))
  const value = fc.oneof(fc.jsonValue(), fc.constant(SECRET), fc.constant([SECRET]), fc.constant({ [SECRET]: SECRET }))
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.oneof(field, fc.constant(SECRET)), value), async (document) => {
      const result = await read(Buffer.from(JSON.stringify(document)))
      return result.ok || !result.fault.includes(SECRET)
    }),
    runs
  )
})

t.test('for a truncated or corrupted file the fault gives the position and no content', async () => {
  const text = JSON.stringify(
    { jwt_secret: SECRET.repeat(4), password_hash: SECRET, theirs: { [SECRET]: SECRET } },
    null,
    2
  )
  await fc.assert(
    fc.asyncProperty(
      fc.nat(text.length - 1),
      fc.constantFrom('', '\0', '"', '}', '\\', '\x80', 'x'),
      async (at, byte) => {
        for (const bad of [text.slice(0, at) + byte, text.slice(0, at) + byte + text.slice(at + 1)]) {
          const result = await read(Buffer.from(bad, 'latin1'))
          if (!result.ok && (/Zq7|Secr|7qZ/.test(result.fault) || !/line \d+, column \d+|UTF-8|^\//.test(result.fault)))
            throw new Error(result.fault)
        }
      }
    ),
    runs
  )
})

t.test('a valid file is read unchanged, and its unknown fields survive a change', async (t) => {
  const folder = await temporaryFolder(t)
  let count = 0
  await fc.assert(
    fc.asyncProperty(goodFile, async (file) => {
      const text = JSON.stringify({ ...file, jwt_secret: 's'.repeat(64), username: null, password_hash: null })
      const document = await read(Buffer.from(text))
      if (!document.ok) throw new Error(document.fault)
      if (JSON.stringify(document.data) !== text) return false

      const path = join(folder, `auth-${count++}.json`)
      await writeFile(path, text)
      const store = await openAuthStore({ path, lock: createFileLock(join(folder, '.lock')) })
      await store.update((draft) => {
        draft.declined = !draft.declined
      })
      await store.close()
      const before = JSON.parse(text)
      const { declined, ...after } = JSON.parse(await readFile(path, 'utf8'))
      const { declined: was, ...rest } = before
      return declined === !was && JSON.stringify(after) === JSON.stringify(rest)
    }),
    { numRuns: 60 }
  )
})

t.test(
  'random environments never make the configuration throw; each fault is one line that names its variable',
  async () => {
    const name = fc.oneof(
      fc.constantFrom(...variables.map((variable) => variable.env)),
      fc.string({ maxLength: 10 }).map((text) => `MONITOR_${text}`)
    )
    const value = fc.oneof(
      anyText,
      fc.constantFrom(
        '~',
        '~root',
        '-1',
        '1e9',
        '0x10',
        '９',
        '1h',
        '::/0',
        '10.0.0.0/33',
        'a,,b',
        '\n',
        'a\nb',
        '[::1]',
        'x:1'
      ),
      fc.constant(undefined)
    )
    fc.assert(
      fc.property(fc.dictionary(name, value), (env) => {
        const result = readConfig(env, '/home/x')
        if (result.config !== null)
          return ['configDir', 'stateDir', 'authLog'].every((key) =>
            String(result.config[key as 'authLog']).startsWith('/')
          )
        return result.faults.every(
          (fault) =>
            /^MONITOR_[A-Z0-9_]+: \P{Cc}+ Example: MONITOR_/u.test(fault) && !/\p{Cc}|[\u2028\u2029]/u.test(fault)
        )
      }),
      runs
    )
    fc.assert(
      fc.property(fc.constant('setupCode'), anyText, (_, code) => {
        const result = readConfig({ MONITOR_SETUP_CODE: code, MONITOR_PORT: 'x' })
        return result.config === null && (code.length < 6 || !result.faults.join().includes(code))
      }),
      runs
    )
  }
)

t.test('a duration is a whole number of seconds or invalid', async () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.stringMatching(/^-?[\d.]{1,12}[smhdw ]{0,2}$/)), (text) => {
      const seconds = parseDuration(text)
      return seconds === null || (Number.isSafeInteger(seconds) && seconds >= 0)
    }),
    runs
  )
})

t.test('every spelling of a backup code normalises to the same code', async () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const code = normaliseBackupCode(text)
      return code === null || (/^[A-Z0-9]{4}-[A-Z0-9]{4}$/.test(code) && normaliseBackupCode(code) === code)
    }),
    runs
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z0-9]{8}$/), fc.nat(8), (code, at) => {
      const expected = `${code.slice(0, 4)}-${code.slice(4)}`
      const spellings = [code, code.toLowerCase(), ` ${code} `, `${code.slice(0, at)}-${code.slice(at)}`, expected]
      return spellings.every((spelling) => normaliseBackupCode(spelling) === expected)
    }),
    runs
  )
})

t.test('the password policy never throws and treats all spellings of a password alike', async () => {
  const policy = createPasswordPolicy()
  const password = fc.oneof(anyText, fc.string({ unit: 'grapheme', minLength: 8, maxLength: 300 }))
  fc.assert(
    fc.property(password, anyText, (text, username) => {
      const reason = policy(text, username)
      const length = [...normalisePassword(text)].length
      if (reason === null && (length < 10 || length > 256)) return false
      return text.normalize('NFKC') === text || policy(text.normalize('NFKC'), username) === null || reason !== null
    }),
    runs
  )
  for (const text of [
    '\u0301\u0327'.repeat(500),
    '\ufdfa'.repeat(100),
    '\ud800'.repeat(20),
    'x'.repeat(1e6),
    '\0'.repeat(20)
  ])
    t.not(policy(text, 'admin'), null)
})
