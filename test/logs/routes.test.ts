import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { type IncomingMessage, get as request } from 'node:http'
import t, { type Test } from 'tap'
import { formatText } from '../../lib/logs/download.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { comes, until } from '../support/waiting.ts'
import { entriesFrom, entryOf, type MadeEntry, makeJournal, missing, systemFile } from './journals.ts'

const skip = missing

async function open(t: Test, entries: MadeEntry[]) {
  const logDir = await temporaryFolder(t)
  makeJournal(systemFile(logDir), entries)
  // A slow machine needs longer for 10,000 entries than an answer may take.
  const journal = { logDir, runDir: '/nonexistent', etcDir: '/nonexistent', timeoutMs: 60_000 }
  const app = await build(t, {}, { journal })
  const headers = bearer(await setUp(app))
  return { app, headers, logDir, get: (url: string) => app.inject({ url, headers }) }
}

/** The programs that read that folder's journal. */
const readers = (folder: string): number =>
  readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      return command.includes('--output=json\0') && command.includes(folder)
    } catch {
      return false
    }
  }).length

t.test('GET /api/logs has the Monitor’s names, and pages', { skip }, async (t) => {
  const { get } = await open(t, entriesFrom(0, 1500))
  const first = (await get('/api/logs?limit=2&priority=4')).json()
  t.match(first, { success: true, total: 2, source: 'journal', complete: true, reason: null })
  t.same(first.logs[0], {
    timestamp: '2023-11-14T22:38:19.000Z',
    level: 'error',
    priority: 3,
    service: 'unit4.service',
    unit: 'unit4.service',
    identifier: 'program2',
    message: 'message 1499',
    source: 'journal',
    pid: '149',
    hostname: 'pve1'
  })
  const second = (await get(`/api/logs?limit=2&priority=4&before=${first.next}`)).json()
  t.same(
    second.logs.map(({ message }: { message: string }) => message),
    ['message 1497', 'message 1496']
  )
  t.equal((await get('/api/logs')).json().total, 100)
  t.equal((await get('/api/logs?limit=5000')).json().total, 1500)
})

t.test('since_days without a limit returns up to 10,000 entries, and so does any higher limit', { skip }, async (t) => {
  const { get } = await open(t, entriesFrom(0, 10_200))
  for (const query of ['since_days=36500', 'limit=100000', 'since_days=36500&limit=100000']) {
    const reply = (await get(`/api/logs?${query}`)).json()
    t.match(reply, { total: 10_000, complete: true, reason: null, next: String }, query)
    t.equal(reply.logs[0].message, 'message 10199')
  }
  t.equal((await get('/api/logs?since_days=36500&limit=7')).json().total, 7)
  t.equal((await get('/api/logs')).json().total, 100)
})

t.test('an invalid query is 400', { skip }, async (t) => {
  const { get } = await open(t, [entryOf(0)])
  for (const query of [
    'unit=%00',
    'identifier=a%00b',
    'limit=0',
    'limit=x',
    'before=x',
    'before=j-1-2-3',
    'since=yesterday',
    'until=2025-06-01T12:00:00',
    'priority=8',
    'priority=__proto__',
    'boot=last',
    'search=',
    `unit=${'x'.repeat(300)}`
  ]) {
    t.match((await get(`/api/logs?${query}`)).json(), { code: 'VALIDATION' }, query)
    t.match((await get(`/api/logs/download?${query}`)).json(), { code: 'VALIDATION' }, query)
  }
})

t.test('a download contains the same entries, as text and as JSON lines', { skip }, async (t) => {
  const { get } = await open(t, entriesFrom(0, 12_000))
  const text = await get('/api/logs/download?unit=unit1')
  t.match(text.headers, {
    'content-type': 'text/plain; charset=utf-8',
    'content-disposition': /^attachment; filename="logs-[\d-]+T[\d-]+\.txt"$/
  })
  t.equal(text.body.split('\n')[0], '2023-11-15T01:33:16.000Z pve1 program2[146]: <warning> message 11996')
  t.equal(text.body.trimEnd().split('\n').length, 2400)
  const json = await get('/api/logs/download?format=json')
  const rows = json.body
    .trimEnd()
    .split('\n')
    .map((row) => JSON.parse(row))
  t.equal(json.headers['content-type'], 'application/x-ndjson')
  t.equal(rows.length, 10_001)
  t.match(rows[0], { message: 'message 11999', level: 'debug' })
  const [, before] = /^the first 10000 entries; for older entries: before=(\S+)$/.exec(rows[10_000].remark)!
  t.equal((await get(`/api/logs?limit=1&before=${before}`)).json().logs[0].message, 'message 1999')

  // As the Monitor's client asks.
  const bodyOf = async (query: string) => (await get(`/api/logs/download?${query}`)).body
  t.equal(await bodyOf('level=err&service=all&hours=876000'), await bodyOf('priority=3'))
  t.notMatch(await bodyOf('hours=1&level=all'), /message/)
})

t.test('a message cannot imitate another entry or move a terminal’s cursor', async (t) => {
  const entry = {
    timestamp: 'T',
    level: 'error',
    priority: 3,
    service: 's',
    unit: null,
    identifier: 'i\nj',
    source: 'journal',
    pid: '1',
    hostname: 'h'
  }
  const message = 'one\n2026-01-01T00:00:00Z h sshd[1]: forged\r\u001b[2J\u009b\ttab'
  t.equal(
    formatText({ ...entry, message }),
    'T h i j[1]: <error> one\n    2026-01-01T00:00:00Z h sshd[1]: forged\\x0d\\x1b[2J\\x9b\ttab\n'
  )
})

t.test(
  'a slow client is waited for, a disconnect ends the reading, and a concurrent download is refused',
  { skip },
  async (t) => {
    const entries = Array.from({ length: 20_000 }, (_, i) => entryOf(i, { MESSAGE: `${i} ${'x'.repeat(1000)}` }))
    const { app, headers, logDir } = await open(t, entries)
    const base = await app.listen({ host: '127.0.0.1', port: 0 })
    const ask = async (): Promise<IncomingMessage> => {
      const [reply] = await once(
        request(`${base}/api/logs/download?limit=100000`, { headers, agent: false }),
        'response'
      )
      return reply
    }
    const slow = await ask()
    await until(() => readers(logDir) === 1)
    const second = await ask()
    second.resume()
    t.equal(second.statusCode, 503)
    t.ok(second.headers['retry-after'])
    t.equal(readers(logDir), 1, 'the first is still there')
    const page = await app.inject({ url: '/api/logs?limit=1', headers })
    t.equal(page.json().logs.length, 1, 'a page is made beside it')
    slow.destroy()
    await until(() => readers(logDir) === 0)
    let bytes = 0
    const isAnswered = async () => {
      const reply = await ask()
      for await (const chunk of reply) bytes += chunk.length
      return reply.statusCode === 200
    }
    t.ok(await comes(isAnswered), 'its place is free again')
    t.ok(bytes > 20_000_000)
    await until(() => readers(logDir) === 0)
  }
)

t.test('a page leaves no program running, and at most two pages are made at a time', { skip }, async (t) => {
  const { get, logDir } = await open(t, entriesFrom(0, 100))
  let most = 0
  const look = setInterval(() => {
    most = Math.max(most, readers(logDir))
  }, 5)
  t.teardown(() => clearInterval(look))
  const replies = await Promise.all(Array.from({ length: 10 }, () => get('/api/logs')))
  t.ok(replies.every(({ statusCode }) => statusCode === 200))
  t.ok(most <= 2, `${most} at a time`)
  t.equal(readers(logDir), 0)
})
