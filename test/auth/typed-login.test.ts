import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { build, PASSWORD, setUp, temporaryFolder } from '../support/app.ts'
import { beginWithSecondFactor, codeOf, fileOf, get, logOf, post } from '../support/second-factor.ts'
import { login, withOwner } from '../support/users.ts'

const WRONG = 'Wrong-Horse-7'

t.test('invisible characters and full-width letters in a user name do not fail the login', async (t) => {
  const folder = await temporaryFolder(t)
  const app = await build(t, {}, { folder })
  await setUp(app)
  for (const typed of ['admin ', '\u00a0admin', 'admin\u200b', '\ufeffadmin\n', 'ａｄｍｉｎ']) {
    const reply = await login(app, typed, PASSWORD)
    t.equal(reply.statusCode, 200, JSON.stringify(typed))
    t.equal(reply.json().user.username, 'admin')
  }
  t.equal((await login(app, 'Admin', PASSWORD)).statusCode, 401, 'upper case is another name')
  t.equal((await login(app, 'admin', `${PASSWORD} `)).statusCode, 401, 'a password is what was typed')
  await app.close()
  const names = (await logOf(folder)).match(/(?<=authentication success; .* user=).*/g)
  t.same(names, Array(5).fill('admin'), 'the log has the account’s own name')
})

for (const name of ['admin', 'nobody']) {
  t.test(`spellings of ${name} share one count of attempts`, async (t) => {
    const app = await build(t)
    await setUp(app)
    const codes: number[] = []
    for (const typed of [name, `${name} `, ` ${name}`, `${name}\u200b`, `\u2066${name}\u2069`, `${name}\u00a0`]) {
      codes.push((await login(app, typed, WRONG)).statusCode)
    }
    t.same(codes, [401, 401, 401, 401, 401, 423])
    t.equal((await login(app, name, PASSWORD)).statusCode, 423)
  })
}

t.test('a name with a trailing space, written by hand, is matched exactly first', async (t) => {
  const { app, create, folder, owner } = await withOwner(t)
  await create()
  const file = await fileOf(folder)
  const spaced = { ...file.users![0]!, id: 3, username: 'ada ' }
  await writeFile(join(folder, 'auth.json'), JSON.stringify({ ...file, users: [...file.users!, spaced] }))
  await app.authStore.refresh()
  for (const [typed, id] of [
    ['ada', 2],
    ['ada ', 3]
  ] as const) {
    t.equal((await login(app, typed, 'Bright-Lantern-3')).json().user?.id, id, JSON.stringify(typed))
  }
  t.equal((await login(app, ' ada', 'Bright-Lantern-3')).statusCode, 401, 'either could be meant')
  const unlocked = await app.inject({ method: 'POST', url: '/api/users/3/unlock', headers: owner })
  t.equal(unlocked.statusCode, 200)
})

t.test('a name that looks like an existing one is refused', async (t) => {
  const { create } = await withOwner(t)
  t.equal((await create()).statusCode, 201)
  for (const username of ['ａｄｍｉｎ', 'ad\u200bmin', 'ａｄａ', 'a\u2060da']) {
    t.equal((await create({ username })).json().code, 'CONFLICT', JSON.stringify(username))
  }
  for (const username of ['eve\u00a0', '\u200beve', 'eve\ufeff']) {
    t.equal((await create({ username })).json().code, 'VALIDATION', JSON.stringify(username))
  }
})

t.test('a code is accepted in any typed form, and an empty one is asked for without counting', async (t) => {
  const { app, time, secret, backupCodes } = await beginWithSecondFactor(t)
  const enter = (totp_token: string) => post(app, 'login', { username: 'admin', password: PASSWORD, totp_token })
  for (const blank of [' ', '\u200b', '-', '\u00a0 ', '', '\ufeff']) {
    t.equal((await enter(blank)).json().code, 'TOTP_REQUIRED', JSON.stringify(blank))
  }
  const dress: ((code: string) => string)[] = [
    (code) => `${code.slice(0, 3)} ${code.slice(3)}`,
    (code) => `${code.slice(0, 3)}\u2011${code.slice(3)}\u200b`,
    (code) => code.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
    (code) => code.replace(/\d/g, (digit) => String.fromCodePoint(0x0660 + Number(digit)))
  ]
  for (const spell of dress) {
    const typed = spell(codeOf(secret, time.now))
    t.equal((await enter(typed)).statusCode, 200, JSON.stringify(typed))
    time.now += 30_000
  }
  const [first, second] = backupCodes as [string, string]
  t.equal((await enter(` ${first.toLowerCase().replace('-', '')} `)).statusCode, 200)
  t.equal((await enter(second.replace('-', ' \u2014 '))).statusCode, 200)
})

t.test('names of tokens and users are trimmed', async (t) => {
  const app = await build(t)
  const headers = { authorization: `Bearer ${await setUp(app)}` }
  const mint = (token_name: string) => post(app, 'generate-api-token', { password: PASSWORD, token_name }, headers)
  t.equal((await mint(' Home Assistant\u200b ')).json().token_name, 'Home Assistant')
  t.equal((await mint('\u200b')).json().code, 'VALIDATION')
  await app.inject({ method: 'PUT', url: '/api/auth/profile', headers, payload: { display_name: '\ufeffAda\u00a0' } })
  t.equal((await get(app, 'profile', headers)).display_name, 'Ada')
})
