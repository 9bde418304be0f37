import { copyFileSync, truncateSync } from 'node:fs'
import t from 'tap'
import type { LogFilters } from '../../schemas/host/logs.ts'
import { temporaryFolder } from '../support/app.ts'
import {
  BEGIN,
  BOOTS,
  entriesFrom,
  entryOf,
  fromAnswer,
  fromJournalctl,
  journalctl,
  MACHINE,
  makeJournal,
  missing,
  openLogs,
  systemFile
} from './journals.ts'

const skip = missing
const iso = (i: number) => new Date(BEGIN / 1000 + i * 1000).toISOString()

const formats: Record<string, string>[] = [
  {},
  { SYSTEMD_JOURNAL_COMPACT: '0' },
  { SYSTEMD_JOURNAL_COMPACT: '0', SYSTEMD_JOURNAL_KEYED_HASH: '0' }
]
for (const env of formats) {
  t.test(`every entry equals journalctl’s output, under ${JSON.stringify(env)}`, { skip }, async (t) => {
    const logDir = await temporaryFolder(t)
    const odd = [
      entryOf(1000, { MESSAGE: 'x'.repeat(5000) }),
      entryOf(1001, { MESSAGE: 'several\nlines\n' }),
      entryOf(1002, { MESSAGE: Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x1b]) }),
      entryOf(1003, { MESSAGE: '' }),
      entryOf(1004, { MESSAGE: 'ünïcödé = 日本' }),
      entryOf(1005, { COREDUMP: 'y'.repeat(300_000) }),
      { at: BEGIN + 1006_000_000, fields: { _COMM: 'only' } }
    ]
    const file = makeJournal(systemFile(logDir), [...entriesFrom(0, 1000), ...odd], env)
    const { all } = openLogs(logDir)
    const found = await all({}, 300)
    const shown = journalctl([file])
    t.equal(found.length, 1007)
    t.same(found.slice(1).map(fromAnswer), shown.slice(1).map(fromJournalctl))
    t.match(found[0], { identifier: 'only', priority: null, level: null, service: 'only', message: '' })
  })
}

t.test('each filter returns the same entries as journalctl', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  const file = makeJournal(systemFile(logDir), entriesFrom(0, 1000))
  const { all } = openLogs(logDir)
  const seconds = (i: number) => `@${BEGIN / 1e6 + i}`
  const cases: [LogFilters, string[]][] = [
    [{ unit: 'unit3.service' }, ['_SYSTEMD_UNIT=unit3.service']],
    [{ unit: 'unit3' }, ['-u', 'unit3']],
    [{ service: 'unit4' }, ['-u', 'unit4']],
    [{ identifier: 'program2' }, ['-t', 'program2']],
    [{ priority: '3' }, ['-p', '3']],
    [{ priority: 'err' }, ['-p', 'err']],
    [{ priority: '0' }, ['-p', '0']],
    [{ search: 'MESSAGE 99' }, ['--grep', 'message 99']],
    [{ since: iso(100), until: iso(200) }, ['--since', seconds(100), '--until', seconds(200)]],
    [{ since: iso(990) }, ['--since', seconds(990)]],
    [{ until: iso(9) }, ['--until', seconds(9)]],
    [{ unit: 'unit1', priority: '4', identifier: 'program1' }, ['-u', 'unit1', '-p', '4', '-t', 'program1']],
    [
      { unit: 'unit1', since: iso(400), until: iso(600), search: 'e 5' },
      ['-u', 'unit1', '--since', seconds(400), '--until', seconds(600), '--grep', 'e 5']
    ],
    [{ unit: 'none' }, ['_SYSTEMD_UNIT=none.service']]
  ]
  for (const [sent, args] of cases) {
    const shown = journalctl([file], ...args).map(fromJournalctl)
    t.same((await all(sent, 70)).map(fromAnswer), shown, JSON.stringify(sent))
  }
  t.equal((await all({ before: iso(5) })).length, 5, 'before a time is without it')
  t.equal((await all({ since_days: 1 })).length, 0)
  t.equal((await all({ search: 'nowhere' })).length, 0)
})

t.test('the current boot is recognised by its id, not by the clock', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  makeJournal(systemFile(logDir), entriesFrom(0, 1000))
  const procDir = t.testdir({
    sys: { kernel: { random: { boot_id: `${BOOTS[1].replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}\n` } } }
  })
  const { all } = openLogs(logDir, { procDir })
  const found = await all({ boot: 'current' })
  t.same([found.length, found.at(-1)?.message], [500, 'message 500'])
})

t.test(
  'entries of PID 1 about a unit belong to the unit; the claim of another process does not',
  { skip },
  async (t) => {
    const logDir = await temporaryFolder(t)
    makeJournal(systemFile(logDir), [
      entryOf(0, { _PID: '1', _SYSTEMD_UNIT: 'init.scope', UNIT: 'ssh.service', MESSAGE: 'Started' }),
      entryOf(1, { _PID: '900', _SYSTEMD_UNIT: 'user@0.service', UNIT: 'ssh.service', MESSAGE: 'forged' }),
      entryOf(2, { _PID: '901', _SYSTEMD_UNIT: 'ssh.service', MESSAGE: 'listening' })
    ])
    t.same(
      (await openLogs(logDir).all({ unit: 'ssh' })).map(({ message }) => message),
      ['listening', 'Started']
    )
  }
)

t.test('several files are merged into one log without duplicates, with any page size', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  const numbers = Array.from({ length: 600 }, (_, i) => i)
  const third = (rest: number) => numbers.filter((i) => i % 3 === rest).map((i) => entryOf(i))
  const files = [0, 1, 2].map((rest) => makeJournal(systemFile(logDir, `system@${rest}.journal`), third(rest)))
  // After a crash, and on the way from /run to /var, files hold the same entries.
  const copy = systemFile(logDir, 'system@copy.journal~')
  copyFileSync(files[0]!, copy)
  const { all, list } = openLogs(logDir)
  const shown = journalctl([...files, copy]).map(fromJournalctl)
  t.equal(shown.length, 600)
  for (const limit of [1000, 170, 31]) t.same((await all({}, limit)).map(fromAnswer), shown, `${limit} a page`)
  const newest = [...shown.slice(0, 5)]
  let before: LogFilters = {}
  for (const expected of newest) {
    const page = await list(before, 1)
    t.same(page.logs.map(fromAnswer), [expected], 'one a page')
    before = { before: page.next! }
  }
  t.same((await all({ priority: '2' }, 50)).map(fromAnswer), journalctl(files, '-p', '2').map(fromJournalctl))
})

t.test(
  'entries of the same microsecond in several files are returned at most once, and their pages end',
  { skip },
  async (t) => {
    const logDir = await temporaryFolder(t)
    for (const name of ['a', 'b', 'c']) {
      const same = [1, 2, 3].map((i) => ({ ...entryOf(0, { MESSAGE: `${name}${i}` }), at: BEGIN }))
      makeJournal(systemFile(logDir, `system@${name}.journal`), same)
    }
    const { all } = openLogs(logDir)
    const whole = (await all()).map(({ message }) => message)
    t.equal(new Set(whole).size, 9)
    for (const limit of [1, 2, 4]) {
      const found = (await all({}, limit)).map(({ message }) => message)
      // journalctl's cursors do not order the entries of several files within a microsecond.
      t.equal(new Set(found).size, found.length, `${limit} a page`)
      t.ok(found.length >= limit && found.every((message) => whole.includes(message)))
    }
  }
)

t.test('a search that takes too long returns its results so far, and its `next` continues', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  makeJournal(systemFile(logDir), entriesFrom(0, 1000))
  // A clock that runs 200 ms a look; the program itself gets a minute.
  let ms = 0
  const { list } = openLogs(logDir, {
    monotonicNow: () => {
      ms += 200
      return ms
    },
    timeoutMs: 60_000
  })
  const first = await list({ search: 'message 10' }, 1000)
  t.match(first, { complete: false, reason: /too long/, next: String })
  const found = [...first.logs]
  let pages = 1
  for (let page = first; page.next !== null; pages++) {
    page = await list({ search: 'message 10', before: page.next }, 1000)
    found.push(...page.logs)
  }
  t.ok(pages > 2)
  t.equal(found.length, 11)
})

t.test(
  'a file that is written, truncated or invalid leaves the others readable and is reported',
  { skip },
  async (t) => {
    const logDir = await temporaryFolder(t)
    makeJournal(systemFile(logDir), entriesFrom(0, 50))
    const cut = makeJournal(systemFile(logDir, 'system@cut.journal'), entriesFrom(50, 50))
    truncateSync(cut, 100)
    const { list } = openLogs(logDir)
    t.match(await list(), { total: 50, complete: true, reason: /system@cut\.journal is truncated/ })
  }
)

t.test('only the system files of this machine are read', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  makeJournal(systemFile(logDir), [entryOf(0)])
  makeJournal(systemFile(logDir, 'user-1000.journal'), [entryOf(1)])
  makeJournal(systemFile(logDir, 'system.journal').replace(MACHINE, 'f'.repeat(32)), [entryOf(2)])
  makeJournal(systemFile(logDir, 'system.journal').replace(MACHINE, 'remote'), [entryOf(3)])
  const etcDir = t.testdir({ 'machine-id': `${MACHINE}\n` })
  t.same(
    (await openLogs(logDir, { etcDir }).all()).map(({ message }) => message),
    ['message 0']
  )
})
