import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createRecordingKeeper } from '../../lib/terminal/recording-keeper.ts'
import type { Config } from '../../schemas/foundation/config.ts'
import { type App, build, setUp, temporaryFolder } from '../support/app.ts'
import { openSession } from '../support/sessions.ts'
import { until } from '../support/waiting.ts'

const DAY_MS = 86_400_000
const URL = '/api/terminal/recordings'
const idOf = (n: number) => `terminal-${String(n).padStart(12, '0')}`
const about = (id: string) => ({
  id,
  user: 'ada',
  target: 'shell',
  address: '192.0.2.7',
  cols: 80,
  rows: 24,
  shell: '/bin/bash'
})

/** A daemon that records, with an owner, whose clock stands where `at` says. */
async function withRecordings(t: Test, more: Partial<Config> = {}, folder?: string) {
  const time = { at: Date.parse('2026-05-01T10:00:00Z') }
  const place = folder ?? (await temporaryFolder(t))
  const app = await build(t, { terminalRecord: 'on', ...more }, { folder: place, now: () => time.at })
  await app.ready()
  if (!folder) await setUp(app)
  const call = async (method: 'GET' | 'DELETE', path = '') => {
    const { headers } = await openSession(app, 1, { confirmed: true })
    return app.inject({ method, url: `${URL}${path}`, headers })
  }
  const ids = async () => (await call('GET')).json().recordings.map(({ id }: { id: string }) => id)
  const files = join(place, 'terminal-recordings')
  return { app, time, call, ids, place, files }
}

/** A finished recording of that many bytes shown. */
async function record(app: App, id: string, size = 10) {
  const recording = app.recordings.start(about(id))!
  recording.output(Buffer.alloc(size, 'x'))
  await recording.ended()
}

const read = (cast: string) =>
  cast
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

t.test('a recording is an asciicast of the output; it can be listed, played back and deleted', async (t) => {
  const { app, call, files } = await withRecordings(t)
  const id = idOf(1)
  const recording = app.recordings.start(about(id))!
  const text = Buffer.from('grüße 🖥️ \u001b[31m"rot"\u001b[0m\r\n')
  for (const byte of text) recording.output(Buffer.of(byte))
  recording.resized(120, 40)
  recording.output(Buffer.from([0x61, 0xff, 0xe2, 0x82]))
  await until(async () => (await call('GET')).json().recordings[0]?.bytes > 0)
  t.match((await call('GET')).json().recordings, [{ id, ended_at: null }])
  t.equal((await call('DELETE', `/${id}`)).statusCode, 409, 'not while it runs')
  await recording.ended()
  recording.output(Buffer.from('too late'))

  t.equal((await stat(files)).mode & 0o777, 0o700)
  t.equal((await stat(join(files, `${id}.cast`))).mode & 0o777, 0o600)
  const reply = await call('GET', `/${id}`)
  t.match(reply.headers, {
    'content-type': 'application/x-asciicast',
    'content-disposition': `attachment; filename="${id}.cast"`,
    'cache-control': 'no-store'
  })
  const [header, ...events] = read(reply.body)
  t.match(header, { version: 2, width: 80, height: 24, timestamp: Date.parse('2026-05-01T10:00:00Z') / 1000 })
  t.same(header.env, { TERM: 'xterm-256color', SHELL: '/bin/bash' })
  t.ok(events.every(([at], i) => at >= (events[i - 1]?.[0] ?? 0)))
  const shown = events.filter(([, kind]) => kind === 'o').map(([, , data]) => data)
  t.equal(shown.join(''), `${text}a\ufffd\ufffd`)
  t.same(
    events.filter(([, kind]) => kind !== 'o').map(([, kind, data]) => [kind, data]),
    [
      ['r', '120x40'],
      ['m', 'the terminal has ended']
    ]
  )

  const [listed] = (await call('GET')).json().recordings
  const { seconds } = listed
  t.equal(seconds, events.at(-1)![0])
  const ended_at = new Date(Date.parse('2026-05-01T10:00:00Z') + seconds * 1000).toISOString()
  const bytes = reply.rawPayload.length
  const facts = { id, user: 'ada', target: 'shell', address: '192.0.2.7', started_at: '2026-05-01T10:00:00.000Z' }
  t.same(listed, { ...facts, ended_at, seconds, bytes })

  t.equal((await call('DELETE', `/${id}`)).statusCode, 200)
  t.equal((await call('DELETE', `/${id}`)).statusCode, 404, 'twice')
  t.equal((await call('GET', `/${id}`)).statusCode, 404)
  t.same(await readdir(files), [])
  const { events: told } = await app.auditLog.list({ limit: 2 })
  t.match(told, [
    { event: 'recording_deleted', user: 'admin', target: id },
    { event: 'recording_played', user: 'admin', target: id }
  ])
})

t.test('with recording off no terminal is recorded, and existing recordings can still be read', async (t) => {
  const first = await withRecordings(t)
  await record(first.app, idOf(1))
  await first.app.close()
  const { app, ids, call } = await withRecordings(t, { terminalRecord: 'off' }, first.place)
  t.equal(app.recordings.start(about(idOf(2))), null)
  t.same(await ids(), [idOf(1)])
  t.equal((await call('DELETE', `/${idOf(1)}`)).statusCode, 200)
})

t.test('a recording ends at 20 MB with a marker, and never within a character', async (t) => {
  const { app, files } = await withRecordings(t)
  const recording = app.recordings.start(about(idOf(1)))!
  const piece = Buffer.from('ä🖥'.repeat(40_000))
  const path = join(files, `${idOf(1)}.cast`)
  const size = async () => (await stat(path).catch(() => null))?.size ?? 0
  // Not faster than the disk: each piece is written before the next.
  for (let sent = 0; sent < 21 * 2 ** 20; sent += piece.length) {
    const before = await size()
    recording.output(piece)
    await until(async () => (await size()) > before || sent > 19 * 2 ** 20)
  }
  await recording.ended()
  const written = await size()
  t.ok(written > 18 * 2 ** 20 && written <= 20 * 2 ** 20, `${written}`)
  const [, ...events] = read(await readFile(path, 'utf8'))
  t.match(events.at(-1), [Number, 'm', /reached the limit of 20971520 bytes/])
  const shown = events.map(([, kind, data]) => (kind === 'o' ? data : '')).join('')
  t.notMatch(shown, '\ufffd')
  const whole = 'ä🖥'.repeat(Math.ceil(shown.length / 3)).slice(0, shown.length)
  const digest = (text: string) => createHash('sha256').update(text).digest('hex')
  t.equal(digest(shown), digest(whole))
})

t.test('output that is not written fast enough does not pile up in memory', async (t) => {
  const { app, files } = await withRecordings(t)
  const recording = app.recordings.start(about(idOf(1)))!
  for (let i = 0; i < 1000; i++) recording.output(Buffer.alloc(64 * 1024, 'x'))
  await recording.ended()
  const text = await readFile(join(files, `${idOf(1)}.cast`), 'utf8')
  t.ok(text.length < 1.1 * 2 ** 20)
  t.match(read(text).at(-1), [Number, 'm', /too slow/])
})

t.test(
  'the oldest recordings are removed first, by size at an end, by age at a start; running ones stay',
  async (t) => {
    const { app, time, ids, place } = await withRecordings(t, { terminalRecordMb: 1 })
    const running = app.recordings.start(about(idOf(9)))!
    for (const n of [1, 2, 3]) {
      time.at += 1000
      await record(app, idOf(n), 400_000)
    }
    await until(async () => (await ids()).includes(idOf(9)))
    t.same(await ids(), [idOf(3), idOf(2), idOf(9)])
    await running.ended()
    t.same(await ids(), [idOf(3), idOf(2), idOf(9)])
    time.at += 40 * DAY_MS
    await record(app, idOf(4))
    t.same(await ids(), [idOf(4)])

    await app.close()
    const later = await withRecordings(t, { terminalRecordDays: 7 }, place)
    t.same(await later.ids(), [idOf(4)], 'a clock that went back removes nothing')
    await later.app.close()
    const now = Date.parse('2026-05-01T10:00:00Z') + 80 * DAY_MS
    const last = await build(t, { terminalRecord: 'off' }, { folder: place, now: () => now })
    await last.ready()
    await until(async () => (await last.recordings.list()).length === 0)
  }
)

t.test('other files in the folder are not listed as recordings and are left alone', async (t) => {
  const { app, call, ids, place, files } = await withRecordings(t)
  await record(app, idOf(1))
  await writeFile(join(place, 'secret-secret-secret.cast'), 'secret')
  await writeFile(join(files, `${idOf(2)}.cast`), 'no header\n')
  await writeFile(join(files, `${idOf(3)}.cast`), '')
  await writeFile(join(files, 'notes.txt'), 'mine')
  await symlink(join(place, 'auth.json'), join(files, `${idOf(4)}.cast`))
  await mkdir(join(files, `${idOf(5)}.cast`))
  await writeFile(
    join(files, `${idOf(6)}.cast`),
    `${await readFile(join(files, `${idOf(1)}.cast`), 'utf8')}[9.5,"o","cu`
  )
  t.same((await ids()).toSorted(), [idOf(1), idOf(6)])
  for (const n of [3, 4, 5]) t.equal((await call('GET', `/${idOf(n)}`)).statusCode, 404, idOf(n))
  for (const path of ['..%2fsecret-secret-secret', '%2e%2e%2fsecret-secret-secret', 'secret-secret-secret%00', 'a.b'])
    t.ok([400, 404].includes((await call('GET', `/${path}`)).statusCode), path)
  const linked = app.recordings.start(about(idOf(4)))!
  linked.output(Buffer.from('through the link'))
  await linked.ended()
  t.notMatch(await readFile(join(place, 'auth.json'), 'utf8'), 'through the link')
  t.same(app.recordings.faults(), ['Terminal recordings cannot be written'])
  await record(app, idOf(7))
  t.same(app.recordings.faults(), [])
})

t.test('a full disk ends only the recording, with a whole line', async (t) => {
  const folder = await temporaryFolder(t)
  const faults: unknown[] = []
  let room = 200_000
  const keeper = createRecordingKeeper({
    folder,
    now: Date.now,
    maxBytes: 1e9,
    maxAgeMs: DAY_MS,
    onFault: (error, id) => faults.push([(error as NodeJS.ErrnoException).code, id]),
    // As a disk does: what still fits is written, and then the call fails.
    async append(file, bytes) {
      const fits = bytes.subarray(0, room)
      await file.appendFile(fits)
      room -= fits.length
      if (fits.length < bytes.length) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' })
    }
  })
  const recording = keeper.start(about(idOf(1)))
  const path = join(folder, `${idOf(1)}.cast`)
  for (let i = 0; i < 30; i++) {
    recording.output(Buffer.alloc(10_000, 'x'))
    await until(async () => keeper.isFaulty() || (await stat(path).catch(() => null))?.size)
  }
  await recording.ended()
  t.same(faults, [['ENOSPC', idOf(1)]])
  t.ok(keeper.isFaulty())
  const text = await readFile(path, 'utf8')
  t.equal(text.at(-1), '\n')
  t.ok(read(text).length > 1)
  t.match(await keeper.list(), [{ id: idOf(1), user: 'ada' }])

  room = 1e6
  await keeper.start(about(idOf(2))).ended()
  t.notOk(keeper.isFaulty())
})
