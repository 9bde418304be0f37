import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { finishRestore } from '../../lib/startup/interrupted-restore.ts'
import { smallDisk } from '../attack/small-disk.ts'
import { PASSWORD, temporaryFolder } from '../support/app.ts'
import { executable } from '../support/executable.ts'
import { comes } from '../support/waiting.ts'
import { ask, OWNER, openHost } from './rig.ts'

t.setTimeout(300_000)

function putCertificates(folder: string, names: readonly string[]): void {
  mkdirSync(join(folder, 'config/tls'), { recursive: true })
  for (const name of names) writeFileSync(join(folder, 'config/tls', name), name)
}

t.test(
  'a backup of a running host, restored on another: logins, tokens, settings and the audit chain come along',
  async (t) => {
    const host = await openHost(t)
    const token = (await host.command('tokens create Kept')).stdout.trim()
    const [pair, own] = [['self-signed-0011aabb.pem', 'self-signed-0011aabb.key'], 'chosen by the owner.key']
    putCertificates(host.folder, [...pair, own])
    const file = join(host.folder, 'host.backup')
    const made = await host.command(`backup ${file} --json`)
    t.match(made, { code: 0, json: { file, format: 1, files: Array } })
    t.notMatch(made.text, String(host.readAuth().jwt_secret))
    t.equal(statSync(file).mode & 0o777, 0o600)
    t.same(
      readdirSync(host.folder).filter((name) => name.startsWith('.proxmenux')),
      []
    )
    t.match(await host.command(`restore ${file} --yes`), {
      code: 1,
      stderr: /^restore: the daemon runs; stop it first: systemctl stop proxmenux-monitor\n$/
    })

    const other = await openHost(t)
    await other.stop(other.daemon)
    putCertificates(other.folder, ['self-signed-2233ccdd.pem', 'mine.key'])
    const before = other.readAuth()
    t.match(await other.command(`restore ${file}`), { code: 2, stderr: /add --yes/ })
    t.same(other.readAuth(), before)
    t.match(await other.command(`restore ${file} --yes`), { code: 0, stdout: /^The state is that of 20/, stderr: '' })
    t.same(
      readdirSync(join(other.folder, 'config')).filter((name) => name.startsWith('.restore')),
      []
    )
    const restored = join(other.folder, 'config/tls')
    t.same(readdirSync(restored).sort(), ['mine.key', ...pair].sort(), 'this program’s certificates, and no others')
    t.equal(statSync(join(restored, pair[1]!)).mode & 0o777, 0o600)
    const daemon = await other.start()
    t.equal((await ask(daemon, '/api/auth/me', host.token)).status, 200, 'a session')
    t.equal((await ask(daemon, '/api/system', token)).status, 200, 'an API token')
    t.equal((await ask(daemon, '/api/auth/login', '', OWNER)).status, 200)
    t.match(await other.command('audit verify'), { code: 0, stdout: /the chain is whole/ })
    t.match((await other.command('audit tail --json')).text, /backup_restored/)
  }
)

t.test('alert channels come along with their secrets and history, and no message is sent a second time', async (t) => {
  const host = await openHost(t)
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
  const channel = { name: 'Hook', type: 'webhook', settings: { url: 'http://127.0.0.1:9/hook', secret } }
  const made = await ask(host.daemon, '/api/alerts/channels', host.token, channel)
  t.equal(made.status, 201)
  const { id } = made.json.channel as { id: string }
  await ask(host.daemon, `/api/alerts/channels/${id}/test`, host.token, {})
  const minted = { password: OWNER.password, token_name: 'ci' }
  await ask(host.daemon, '/api/auth/generate-api-token', host.token, minted)
  const database = () => new DatabaseSync(join(host.folder, 'state/alerts.sqlite'), { readOnly: true })
  const read = (from: DatabaseSync) => {
    const rows = from.prepare('SELECT message FROM messages').all() as { message: string }[]
    const [record] = from.prepare('SELECT record FROM channel_records').all() as { record: string }[]
    from.close()
    return { messages: rows.length, pending: record ? JSON.parse(record.record).pending.length : 0 }
  }
  t.ok(await comes(() => read(database()).pending === 1))
  const file = join(host.folder, 'host.backup')
  t.match(await host.command(`backup ${file}`), { code: 0 })

  const other = await openHost(t)
  await other.stop(other.daemon)
  t.match(await other.command(`restore ${file} --yes`), { code: 0 })
  t.same(read(new DatabaseSync(join(other.folder, 'state/alerts.sqlite'))), { messages: 1, pending: 0 })
  const path = join(other.folder, 'config/alerts.json')
  t.match(readFileSync(path, 'utf8'), secret)
  t.equal(statSync(path).mode & 0o777, 0o600)
  const daemon = await other.start()
  t.match((await ask(daemon, '/api/alerts/channels', host.token)).json, { channels: [{ name: 'Hook' }] })
})

t.test('what is no usable backup changes nothing, and the reason is one line', async (t) => {
  const host = await openHost(t)
  const file = join(host.folder, 'host.backup')
  await host.command(`backup ${file}`)
  await host.stop(host.daemon)
  const before = readFileSync(host.auth)
  const whole = readFileSync(file)
  const pack = (change: (folder: string) => void): Buffer => {
    const folder = join(host.folder, `unpacked-${readdirSync(host.folder).length}`)
    mkdirSync(folder)
    execFileSync('tar', ['-xzf', file, '-C', folder])
    change(folder)
    execFileSync('tar', ['-czf', `${folder}.tar.gz`, '-C', folder, ...readdirSync(folder)])
    return readFileSync(`${folder}.tar.gz`)
  }
  const withManifest = (change: (manifest: Record<string, unknown>) => void) =>
    pack((folder) => {
      const path = join(folder, 'manifest.json')
      const manifest = JSON.parse(readFileSync(path, 'utf8'))
      change(manifest)
      writeFileSync(path, JSON.stringify(manifest))
    })
  const broken: [string, Buffer, RegExp][] = [
    ['cut off', whole.subarray(0, whole.length - 200), /damaged/],
    ['no archive', Buffer.from('no backup'), /not a backup/],
    ['another archive', pack((folder) => execFileSync('rm', [join(folder, 'manifest.json')])), /not a backup/],
    [
      'a changed file',
      pack((folder) => writeFileSync(join(folder, 'config/auth.json'), '{}')),
      /config\/auth\.json in it is damaged/
    ],
    [
      'a file more',
      pack((folder) => writeFileSync(join(folder, 'config/more'), '')),
      /unexpected entry "config\/more"/
    ],
    [
      'a newer format',
      withManifest((manifest) => Object.assign(manifest, { format: 2, program: '9.0.0' })),
      /format 2, written by proxmenux-monitor 9\.0\.0, and this program knows formats up to 1; install that version/
    ],
    [
      'a name that leads out',
      withManifest((manifest) => (manifest.files as object[]).push({ name: '../x', bytes: 0, sha256: '' })),
      /unexpected entry "\.\.\/x"/
    ]
  ]
  for (const [name, bytes, says] of broken) {
    writeFileSync(file, bytes)
    const answer = await host.command(`restore ${file} --yes`)
    t.match(answer, { code: 1, stderr: /^restore: the state is as it was\. [^\n]+\n$/ }, name)
    t.match(answer.stderr, says, name)
    t.ok(readFileSync(host.auth).equals(before), name)
  }
  t.match(await host.command('restore nothing.backup --yes'), { code: 1, stderr: /^restore: there is no \S+\n$/ })
})

t.test('a full disk leaves no half backup', async (t) => {
  const host = await openHost(t)
  const disk = await smallDisk(t, host.folder)
  if (!disk) return
  const file = join(disk.path, 'host.backup')
  writeFileSync(file, 'the older one')
  await disk.fill()
  t.match(await host.command(`backup ${file}`), { code: 1, stderr: /^backup: the disk is full; [^\n]+\n$/ })
  t.equal(readFileSync(file, 'utf8'), 'the older one')
  t.same(readdirSync(disk.path).toSorted(), ['ballast', 'host.backup'])
  await disk.makeRoom()
})

/** Files that all say which state they belong to. */
function mark(folder: string, state: 'old' | 'new'): void {
  const config = join(folder, 'config')
  const auth = JSON.parse(readFileSync(join(config, 'auth.json'), 'utf8'))
  writeFileSync(join(config, 'auth.json'), JSON.stringify({ ...auth, display_name: state }))
  writeFileSync(
    join(config, 'settings.json'),
    JSON.stringify({ trusted_proxies: [state === 'old' ? '192.0.2.1' : '192.0.2.2'] })
  )
  mkdirSync(join(config, 'avatars'), { recursive: true })
  writeFileSync(join(config, 'avatars/1'), state)
  const database = new DatabaseSync(join(folder, 'state/state.sqlite'))
  database.exec(`DELETE FROM token_uses; INSERT INTO token_uses VALUES ('hash', 1, '${state}')`)
  database.close()
}

function statesOf(folder: string): string[] {
  const config = join(folder, 'config')
  const database = new DatabaseSync(join(folder, 'state/state.sqlite'), { readOnly: true })
  const [row] = database.prepare('SELECT address FROM token_uses').all()
  database.close()
  const proxy = JSON.parse(readFileSync(join(config, 'settings.json'), 'utf8')).trusted_proxies[0]
  return [
    JSON.parse(readFileSync(join(config, 'auth.json'), 'utf8')).display_name,
    proxy === '192.0.2.1' ? 'old' : 'new',
    readFileSync(join(config, 'avatars/1'), 'utf8'),
    String(row!.address)
  ]
}

/** Kills a command once something is there; false if it ended before. */
async function killedAt(t: Test, words: string[], env: NodeJS.ProcessEnv, isThere: () => boolean): Promise<boolean> {
  const { NODE_OPTIONS: _, ...rest } = env
  const child = spawn(executable, words, { env: rest, stdio: 'ignore' })
  t.teardown(() => child.kill('SIGKILL'))
  const ended = new Promise<boolean>((done) => child.once('close', (_code, signal) => done(signal !== null)))
  await comes(() => child.exitCode !== null || isThere(), { everyMs: 1 })
  child.kill('SIGKILL')
  return ended
}

t.test('killed in any of its phases, a restore leaves the old state or the new one', async (t) => {
  const host = await openHost(t)
  await host.stop(host.daemon)
  const [config, state] = [join(host.folder, 'config'), join(host.folder, 'state')]
  const file = join(host.folder, 'host.backup')
  mark(host.folder, 'new')
  t.match(await host.command(`backup ${file}`), { code: 0 })
  const phases = [
    join(state, '.restore'),
    join(state, '.restore/unpacked/config/auth.json'),
    join(config, '.restore/0'),
    join(state, '.restore/3'),
    join(config, '.restore.json')
  ]
  let killed = 0
  for (const phase of [...phases, ...phases]) {
    mark(host.folder, 'old')
    if (await killedAt(t, ['restore', file, '--yes'], host.env, () => existsSync(phase))) killed++
    await finishRestore(config)
    const states = statesOf(host.folder)
    t.ok(['old,old,old,old', 'new,new,new,new'].includes(states.join()), `${phase}: ${states}`)
  }
  t.ok(killed >= 4, `${killed} restores were killed`)
  mark(host.folder, 'old')
  t.match(await host.command(`restore ${file} --yes`), { code: 0 })
  t.same(statesOf(host.folder), ['new', 'new', 'new', 'new'])
  for (const folder of [config, state]) t.notOk(existsSync(join(folder, '.restore')), 'nothing is left over')
})

t.test('interrupted after any of its steps, the journal leads to the new state', async (t) => {
  const folder = await temporaryFolder(t)
  const path = (name: string) => join(folder, name)
  const journal = {
    remove: ['a', 'gone', 'b'].map(path),
    moves: ['a', 'b', 'more/c'].map((to, i) => ({ from: path(`staging/${i}`), to: path(to) })),
    staging: [path('staging')]
  }
  const steps = [
    ...journal.remove.map((old) => () => rmSync(old)),
    ...journal.moves.map(
      ({ from, to }) =>
        () =>
          renameSync(from, to)
    )
  ]
  for (let count = 0; count <= steps.length; count++) {
    for (const name of ['staging', 'more']) mkdirSync(path(name), { recursive: true })
    for (const name of ['a', 'gone', 'b', 'kept']) writeFileSync(path(name), 'old')
    for (const [i, { from }] of journal.moves.entries()) writeFileSync(from, `new ${i}`)
    writeFileSync(path('.restore.json'), JSON.stringify(journal))
    for (const step of steps.slice(0, count)) step()
    await finishRestore(folder)
    const found = ['a', 'b', 'more/c', 'kept'].map((name) => readFileSync(path(name), 'utf8'))
    t.same(found, ['new 0', 'new 1', 'new 2', 'old'], `after ${count} steps`)
    t.same(readdirSync(folder).toSorted(), ['a', 'b', 'kept', 'more'])
  }
})

t.test('a restore that was interrupted is finished by the next start, and no command runs before that', async (t) => {
  const host = await openHost(t)
  await host.stop(host.daemon)
  const config = join(host.folder, 'config')
  mark(host.folder, 'old')
  const next = { ...host.readAuth(), display_name: 'new' }
  writeFileSync(join(config, 'staged'), JSON.stringify(next), { mode: 0o600 })
  const journal = {
    remove: [join(config, 'settings.json')],
    moves: [
      { from: join(config, 'staged'), to: host.auth },
      { from: join(config, 'moved already'), to: join(config, 'avatars/1') }
    ],
    staging: [join(config, '.restore')]
  }
  writeFileSync(join(config, '.restore.json'), JSON.stringify(journal), { mode: 0o600 })
  t.match(await host.command('tokens list'), {
    code: 1,
    stderr: /^tokens list: a restore was interrupted; start the daemon[^\n]+\n$/
  })
  const daemon = await host.start()
  t.match((await ask(daemon, '/api/auth/login', '', { username: 'admin', password: PASSWORD })).json, {
    user: { display_name: 'new' }
  })
  t.notOk(existsSync(join(config, '.restore.json')))
  t.notOk(existsSync(join(config, 'settings.json')))
  t.equal(readFileSync(join(config, 'avatars/1'), 'utf8'), 'old', 'it was moved before the interruption')
})
