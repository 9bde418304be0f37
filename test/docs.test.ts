import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import SwaggerParser from '@apidevtools/swagger-parser'
import t from 'tap'
import { errorTable } from '../lib/api/errors.ts'
import { auditEvents } from '../lib/audit/events.ts'
import { bearer, build, setUp } from './support/app.ts'
import { standIn } from './support/stand-in.ts'

const root = resolve(import.meta.dirname, '..')
const text = (file: string) => readFileSync(join(root, file), 'utf8')

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  security: unknown[]
  requestBody?: { content: Record<string, { schema: { properties: Record<string, { examples?: unknown[] }> } }> }
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: object; example?: unknown }> }>
}
interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
}
const answersWithFile = (content: object) => !('application/json' in content)
const description = () => JSON.parse(text('docs/openapi.json')) as Description

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
  const contract: [string, number, string, string][] = [
    ['TOKEN_MISSING', 401, 'Authentication required', 'missing authorization header'],
    ['TOKEN_MALFORMED', 401, 'Invalid authorization header', 'Authorization header must be in format: Bearer <token>'],
    ['TOKEN_INVALID', 401, 'Invalid or expired token', 'invalid token'],
    ['CREDENTIALS', 401, 'Invalid credentials', 'invalid credentials'],
    ['TOTP_REQUIRED', 401, 'Two-factor code required', '2FA code required'],
    ['TOTP_INVALID', 401, 'Invalid two-factor code', 'invalid 2FA code'],
    ['PASSWORD_INCORRECT', 401, 'Invalid credentials', 'current password incorrect'],
    ['ACCOUNT_DISABLED', 403, 'Forbidden', 'account is disabled'],
    ['IP_BANNED', 403, 'Forbidden', 'Access denied. Your IP address is banned'],
    ['ALREADY_CONFIGURED', 403, 'Forbidden', 'Authentication is already configured'],
    ['SETUP_REQUIRED', 403, 'Forbidden', 'Finish the first-launch setup first'],
    ['RATE_LIMITED', 429, 'Too many requests', 'rate limit exceeded']
  ]
  for (const [code, status, error, message] of contract)
    t.same(errorTable[code as 'BUSY'], { status, error, message }, code)
})

t.test('docs/openapi.json is valid OpenAPI 3.1', async (t) => {
  await t.resolves(SwaggerParser.validate(standIn(structuredClone(description()))))
  t.equal(description().openapi, '3.1.0')
})

t.test(
  'every operation has an id of its own, tags, a summary, its security, and an example of its answer',
  async (t) => {
    const operations = Object.entries(description().paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation }))
    )
    t.ok(operations.length > 10)
    const ids = operations.map(({ operation }) => operation.operationId)
    t.equal(new Set(ids).size, ids.length)
    for (const { name, operation } of operations) {
      t.match(operation, { tags: [String], summary: String, security: Array }, name)
      const answer = (operation.responses[200] ?? operation.responses[201])?.content ?? {}
      if (!answersWithFile(answer)) t.ok(answer['application/json']?.example, `${name}: an example of the answer`)
      for (const status of ['403', '429', '500', '503'])
        t.match(operation.responses[status], { $ref: /^#/ }, `${name}: ${status}`)
      for (const [field, schema] of Object.entries(
        operation.requestBody?.content['application/json']?.schema.properties ?? {}
      )) {
        t.ok(schema.examples?.length || 'type' in schema, `${name}: ${field}`)
      }
    }
  }
)

t.test('the running daemon serves this description, to who has a token', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const served = (await app.inject({ url: '/api/openapi.json', headers })).json() as Description
  t.same(served.paths, description().paths)
})

t.test('the example of every answer fits its own schema', async (t) => {
  const { Compile } = await import('typebox/compile')
  for (const [path, methods] of Object.entries(description().paths)) {
    for (const [method, { responses }] of Object.entries(methods)) {
      const content = (responses[200] ?? responses[201])!.content!
      if (answersWithFile(content)) continue
      const { schema, example } = content['application/json']!
      t.same(Compile(schema).Errors(example), [], `${method} ${path}`)
    }
  }
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
