import { appendFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { parseSyslogLine } from '../../lib/logs/syslog-line.ts'
import { temporaryFolder } from '../support/app.ts'
import { openLogs } from './journals.ts'

const NOW = new Date(2026, 0, 2, 12).getTime()
const micro = (...[year, month, day, ...time]: number[]) => new Date(year!, month!, day!, ...time).getTime() * 1000
const line = (i: number) =>
  `2025-12-01T10:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.5Z pve1 cron[${i}]: line ${i}\n`
const lines = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => line(from + i)).join('')

t.test('lines with an ISO time and with an RFC 3164 time', async (t) => {
  const read = (text: string) => parseSyslogLine(text, NOW * 1000)
  t.same(read('2025-06-01T12:00:00.123456+02:00 pve1 sshd[812]: Accepted: key'), {
    at: Date.UTC(2025, 5, 1, 10) * 1000 + 123_456,
    priority: null,
    unit: null,
    hostname: 'pve1',
    identifier: 'sshd',
    pid: '812',
    message: 'Accepted: key'
  })
  t.match(read('Jan  2 08:15:01 pve1 CRON[7]: (root) CMD (x)'), { at: micro(2026, 0, 2, 8, 15, 1), identifier: 'CRON' })
  t.match(read('Dec 31 23:59:59 pve1 kernel: [  12.5] eth0: up'), {
    at: micro(2025, 11, 31, 23, 59, 59),
    identifier: 'kernel',
    pid: null,
    message: '[  12.5] eth0: up'
  })
  t.match(read('Jan  2 08:15:01 pve1 postfix/smtpd[9]: x'), { identifier: 'postfix/smtpd' })
  t.match(read('Jan  2 08:15:01 pve1 last message repeated 2 times'), {
    identifier: null,
    message: 'last message repeated 2 times'
  })
  for (const text of ['', 'no time', 'Foo  1 00:00:00 h x: y', '2025-13-45T99:99:99Z h x: y', '\0'.repeat(100)])
    t.equal(read(text), null, text)
})

t.test('the file is read from its end with any page size, and continued lines belong to their entry', async (t) => {
  const logDir = await temporaryFolder(t)
  const path = join(logDir, 'syslog')
  writeFileSync(path, `${lines(0, 300)}  continued\n\tand again\n${'x'.repeat(200_000)}\n${lines(300, 600)}`)
  const { all, list } = openLogs(logDir)
  t.match(await list({}, 1), {
    source: path,
    complete: true,
    reason: null,
    logs: [{ message: 'line 599', source: path, level: null, service: 'cron' }]
  })
  for (const limit of [1000, 70, 7]) {
    const found = await all({}, limit)
    t.equal(found.length, 600)
    t.same(
      found.map(({ pid }) => Number(pid)),
      Array.from({ length: 600 }, (_, i) => 599 - i)
    )
    t.match(found[300]?.message, /^line 299\n {2}continued\n\tand again\nx+/)
  }
  t.equal((await all({ search: 'LINE 59' })).length, 11)
  t.equal((await all({ unit: 'cron.service', since: '2025-12-01T10:09:00Z' })).length, 60)
  t.equal((await all({ identifier: 'sshd' })).length, 0)
  t.match(await list({ priority: 'err' }), { total: 0, complete: true, reason: /has no priorities/ })
})

t.test('a page continues where the last one ended, also after new lines or a rotation', async (t) => {
  const logDir = await temporaryFolder(t)
  const path = join(logDir, 'messages')
  writeFileSync(path, lines(0, 100))
  const { list } = openLogs(logDir)
  const first = await list({}, 10)
  appendFileSync(path, lines(100, 120))
  t.equal((await list({ before: first.next! }, 10)).logs[0]?.message, 'line 89')
  renameSync(path, `${path}.1`)
  writeFileSync(path, lines(120, 130))
  t.equal((await list({ before: first.next! }, 10)).logs[0]?.message, 'line 89')
  renameSync(`${path}.1`, `${path}.2`)
  t.same((await list({ before: first.next! }, 10)).logs, [], 'removed lines are not returned')
  t.equal((await openLogs(logDir).all()).length, 10)
})

t.test('the rotated file follows the current one', async (t) => {
  const logDir = await temporaryFolder(t)
  writeFileSync(join(logDir, 'syslog.1'), lines(0, 10))
  writeFileSync(join(logDir, 'syslog'), lines(10, 20).trimEnd())
  t.same(
    (await openLogs(logDir).all({}, 3)).map(({ pid }) => Number(pid)),
    Array.from({ length: 20 }, (_, i) => 19 - i)
  )
})

t.test('bytes that are not log lines yield no entries and no fault', async (t) => {
  const logDir = await temporaryFolder(t)
  const noise = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i * 7919 + i) & 255))
  writeFileSync(join(logDir, 'syslog'), noise)
  t.match(await openLogs(logDir).list(), { total: 0, complete: true, next: null })
  writeFileSync(join(logDir, 'syslog'), '')
  t.match(await openLogs(logDir).list(), { total: 0, complete: true, next: null })
})

t.test('a host without any log says so', async (t) => {
  const logDir = await temporaryFolder(t)
  t.match(await openLogs(logDir).list(), {
    success: true,
    logs: [],
    total: 0,
    source: null,
    reason: /there is no journal under/
  })
})
