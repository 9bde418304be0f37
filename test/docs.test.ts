import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import t from 'tap'
import { errorTable } from '../lib/api/errors.ts'
import { auditEvents } from '../lib/audit/events.ts'

const root = resolve(import.meta.dirname, '..')
const text = (file: string) => readFileSync(join(root, file), 'utf8')

t.test('the generated documents are what the code would generate now', async (t) => {
  for (const script of ['scripts/engines.ts', 'scripts/generate.ts', 'dashboard/generate.ts']) {
    const run = spawnSync(process.execPath, [join(root, script), '--check'], { encoding: 'utf8' })
    t.equal(run.stderr, '')
    t.equal(run.status, 0)
  }
})

t.test('docs/errors.md and the error table name the same codes, both ways', async (t) => {
  const documented = [...text('docs/errors.md').matchAll(/^\| \d{3} \| `([A-Z_]+)` \|/gm)].map((match) => match[1]!)
  t.same(documented.toSorted(), Object.keys(errorTable).toSorted())
})

t.test('docs/security.md lists every security event with its level and text, and no other', async (t) => {
  const rows = text('docs/security.md').matchAll(/^\| `([a-z_]+)` \| (INFO|WARNING) \| `([^`]+)` \| [^|]+ \|$/gm)
  const events = [...auditEvents].map(([event, { level, text }]) => [event, level, text])
  t.same([...rows].map((row) => row.slice(1, 4)).toSorted(), events.toSorted())
})

t.test('the table carries the contract’s words', async (t) => {
  const contract: [string, number, string | undefined, string][] = [
    ['TOKEN_MISSING', 401, 'Authentication required', 'missing authorization header'],
    ['TOKEN_MALFORMED', 401, 'Invalid authorization header', 'Authorization header must be in format: Bearer <token>'],
    ['TOKEN_INVALID', 401, 'Invalid or expired token', 'invalid token'],
    ['CREDENTIALS', 401, 'Invalid credentials', 'invalid credentials'],
    ['TOTP_REQUIRED', 401, 'Two-factor code required', '2FA code required'],
    ['TOTP_INVALID', 401, 'Invalid two-factor code', 'invalid 2FA code'],
    ['PASSWORD_INCORRECT', 401, 'Invalid credentials', 'current password incorrect'],
    ['ACCOUNT_DISABLED', 403, undefined, 'account is disabled'],
    ['IP_BANNED', 403, undefined, 'Access denied. Your IP address is banned'],
    ['ALREADY_CONFIGURED', 403, undefined, 'Authentication is already configured'],
    ['SETUP_REQUIRED', 403, undefined, 'Finish the first-launch setup first'],
    ['RATE_LIMITED', 429, undefined, 'rate limit exceeded']
  ]
  for (const [code, status, error, message] of contract)
    t.same(errorTable[code as 'BUSY'], { status, ...(error && { error }), message }, code)
})

t.test('every file that a document or a comment names is there', async (t) => {
  const files = spawnSync('git', ['ls-files', '*.md', '*.ts', '*.tsx'], { cwd: root, encoding: 'utf8' }).stdout.split(
    '\n'
  )
  const path =
    /(?<![\w./-])(?:lib|plugins|routes|schemas|test|dashboard\/src|scripts|deploy|docs)\/[\w./-]+\.(?:tsx?|md|sh|txt)\b/g
  for (const file of files.filter((name) => name !== '' && existsSync(join(root, name)))) {
    const missing =
      text(file)
        .match(path)
        ?.filter((named) => !existsSync(join(root, named))) ?? []
    t.same(missing, [], file)
  }
})

t.test('every test that docs/security.md quotes has that title', async (t) => {
  const quoted = [...text('docs/security.md').matchAll(/`(test\/[\w./-]+\.test\.ts)`: ("[^"]+"(?:, "[^"]+")*)/g)]
  t.ok(quoted.length > 50)
  for (const [, file, titles] of quoted) {
    const source = text(file!).replaceAll(/\s+/g, ' ')
    for (const [, title] of titles!.matchAll(/"([^"]+)"/g)) {
      const parts = title!.split('…').map((part) => part.trim())
      t.ok(
        parts.every((part) => source.includes(part)),
        `${file}: ${title}`
      )
    }
  }
})
