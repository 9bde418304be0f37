import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import { LogCountsReplySchema } from '../../schemas/host/logs.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import {
  BEGIN,
  entriesFrom,
  entryOf,
  journalctl,
  type MadeEntry,
  makeJournal,
  missing,
  systemFile
} from './journals.ts'

const skip = missing
/** Number of the first entry of the last day. */
const FIRST = 200_000
const END = BEGIN / 1000 + (FIRST + 1600) * 1000
const at = (i: number) => new Date(BEGIN / 1000 + (FIRST + i) * 1000).toISOString()

async function open(t: Test, entries: MadeEntry[], limits: { timeoutMs?: number; maxBytes?: number } = {}) {
  const logDir = await temporaryFolder(t)
  if (entries.length > 0) makeJournal(systemFile(logDir), entries)
  const journal = { logDir, runDir: '/nonexistent', etcDir: '/nonexistent', timeoutMs: 60_000, ...limits }
  const app = await build(t, {}, { now: () => END, journal })
  const headers = bearer(await setUp(app))
  const get = async (query = '') => {
    const reply = (await app.inject({ url: `/api/logs/counts${query}`, headers })).json()
    if (reply.success) t.same([...Compile(LogCountsReplySchema).Errors(reply)], [])
    return reply
  }
  return { logDir, get }
}

t.test('entries are counted by priority as journalctl counts them', { skip }, async (t) => {
  const { get, logDir } = await open(t, [...entriesFrom(FIRST, 1501), entryOf(FIRST + 1502, { PRIORITY: 'x' })])
  const reply = await get()
  t.same(reply, {
    success: true,
    counts: {
      emergency: 188,
      alert: 188,
      critical: 188,
      error: 188,
      warning: 188,
      notice: 187,
      info: 187,
      debug: 187
    },
    without_priority: 1,
    errors: 752,
    warnings: 188,
    info: 561,
    total: 1502,
    since: new Date(END - 86_400_000).toISOString(),
    source: 'journal',
    complete: true,
    reason: null
  })
  const errors = journalctl([systemFile(logDir)], '--priority=3')
  t.equal(errors.length, reply.errors)
})

t.test('the filters of /api/logs apply, and a start time can replace the last day', { skip }, async (t) => {
  const { get } = await open(t, [entryOf(0), ...entriesFrom(FIRST, 1500)])
  t.equal((await get()).total, 1500)
  t.equal((await get('?since_days=30')).total, 1501)
  t.match(await get('?unit=unit1&priority=warning'), { total: 188, info: 0, without_priority: 0 })
  t.equal((await get('?search=message%2020149')).total, 10)
  t.equal((await get('?identifier=program0')).total, 500)
  t.equal((await get(`?since=${at(100)}&until=${at(109)}`)).total, 10)
  t.match(await get('?before=x&limit=5'), { total: 1500 }, 'unknown fields of the Monitor are dropped')
  for (const bad of ['?since=yesterday', '?priority=9', '?since_days=-1', '?boot=last'])
    t.match(await get(bad), { success: false, code: 'VALIDATION' }, bad)
})

t.test('a count that reaches its limit gives the time from which it counted', { skip }, async (t) => {
  const { get } = await open(t, entriesFrom(FIRST, 1500), { maxBytes: 100_000 })
  const reply = await get()
  t.match(reply, { complete: false, reason: /there was too much to read; entries before `since` are not counted/ })
  t.ok(reply.total > 10 && reply.total < 1500, `${reply.total}`)
  t.equal(reply.since, at(1500 - reply.total))
})

t.test('without a journal the lines of syslog are counted, and levels are null', async (t) => {
  const { get, logDir } = await open(t, [])
  t.match(await get(), { total: 0, counts: null, errors: null, source: null, reason: /there is no journal/ })
  const line = (i: number) => `${new Date(END - i * 60_000).toISOString()} pve1 cron[${i}]: line ${i}\n`
  const path = join(logDir, 'syslog')
  writeFileSync(path, [3, 2, 1].map(line).join(''))
  t.match(await get(), {
    counts: null,
    errors: null,
    total: 3,
    without_priority: 3,
    source: path,
    reason: `${path} has no priorities`
  })
  t.match(await get('?priority=3'), { total: 0, reason: `${path} has no priorities to filter by` })
})
