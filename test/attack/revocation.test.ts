import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { tokenHash } from '../../lib/auth/tokens.ts'
import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import { type App, build, setUp, temporaryFolder } from '../support/app.ts'
import { standIn } from '../support/stand-in.ts'
import { comes } from '../support/waiting.ts'
import { createForger, tryToken } from './forge.ts'

/** Changes auth.json as an editor does: beside the daemon and its lock. */
async function editByHand(folder: string, change: (file: AuthFile) => void): Promise<void> {
  const path = join(folder, 'auth.json')
  const file = JSON.parse(await readFile(path, 'utf8'))
  change(file)
  await writeFile(`${path}.edited`, JSON.stringify(file))
  await rename(`${path}.edited`, path)
}

/** Milliseconds until the token is refused. */
async function refusedAfter(app: App, token: string): Promise<number> {
  const start = performance.now()
  await comes(async () => (await tryToken(app, token)) !== 200, { withinMs: 3000 })
  return performance.now() - start
}

t.test('a token revoked by hand is refused within a second, in every spelling', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const token = createForger(app)()
  const other = createForger(app)({ claims: { token_name: 'other' } })
  t.equal(await tryToken(app, token), 200)

  // 43 characters carry 258 bits, the signature has 256: four last characters decode to the same bytes.
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const signature = Buffer.from(token.split('.')[2]!, 'base64url')
  const spellings = [...alphabet]
    .map((last) => token.slice(0, -1) + last)
    .filter((text) => Buffer.from(text.split('.')[2]!, 'base64url').equals(signature))
  t.equal(spellings.length, 4)

  await editByHand(folder, (file) => {
    file.revoked_tokens = [tokenHash(token)]
  })
  t.ok((await refusedAfter(app, token)) < 1000)
  for (const spelling of [...spellings, `${token} `, ` ${token}`, `${token}=`])
    t.equal(await tryToken(app, spelling), 401, spelling.slice(-4))
  t.equal(await tryToken(app, other), 200, 'and no other is')
})

t.test('a secret rotated by hand ends every token within a second', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const session = await setUp(app)
  const forge = createForger(app)
  const token = forge()
  t.equal(await tryToken(app, token), 200)
  await editByHand(folder, (file) => {
    file.jwt_secret = 'r'.repeat(64)
  })
  t.ok((await refusedAfter(app, token)) < 1000)
  t.equal(await tryToken(app, session), 401)
  t.equal(await tryToken(app, forge()), 200, 'one signed with the new secret is good')
})

t.test('without a signing secret every token is refused, also one signed with an empty key', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  const forge = createForger(app)
  const token = forge()
  for (const value of [null, undefined]) {
    await editByHand(folder, (file) => {
      file.jwt_secret = standIn(value)
    })
    t.ok((await refusedAfter(app, token)) < 1000)
    for (const key of ['', 'null', 'undefined'])
      t.equal(await tryToken(app, forge({ key })), 401, `signed with "${key}"`)
  }
})

t.test('a password changed by hand ends the session within a second, and no API token', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  const session = await setUp(app)
  const token = createForger(app)()
  t.equal(await tryToken(app, session), 200)
  await editByHand(folder, (file) => {
    file.password_hash = 'a'.repeat(64)
  })
  t.ok((await refusedAfter(app, session)) < 1000)
  t.equal(await tryToken(app, token), 200)
})
