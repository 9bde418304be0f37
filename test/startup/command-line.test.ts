import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import t, { type Test } from 'tap'
import { smallDisk } from '../attack/small-disk.ts'
import { tamper } from '../support/audit.ts'
import { executable } from '../support/executable.ts'
import { login, makeDatabase, type Place, place, run } from './command.ts'

// Each test starts the real command, which may wait for a lock.
t.setTimeout(300_000)
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const needsRoot = { skip: !isRoot && 'needs root to become another user' }

const give = (path: string, uid = NOBODY) => void spawnSync('chown', ['-R', `${uid}:${uid}`, path])
/** What cannot be written down as a change of files. */
type Break = (place: Place, t: Test) => unknown

interface Fault {
  name: string
  words: 'reset-password --yes' | 'audit verify'
  uid?: number
  break: Break
  code: 1 | 2
  says: RegExp
}
const faults: Fault[] = [
  {
    name: 'the folder is missing',
    words: 'reset-password --yes',
    break: ({ config }) => rmSync(config, { recursive: true }),
    code: 1,
    says: /there is no \S+auth\.json; set MONITOR_CONFIG_DIR/
  },
  {
    name: 'the folder is closed',
    words: 'reset-password --yes',
    uid: NOBODY,
    break: () => {},
    code: 1,
    says: /permission denied; run it as root/
  },
  {
    name: 'the file is somebody else’s',
    words: 'reset-password --yes',
    uid: NOBODY,
    break: ({ config }) => chmodSync(config, 0o755),
    code: 1,
    says: /auth\.json belongs to the user with the id 0: run this as them/
  },
  {
    name: 'the file cannot be read',
    words: 'reset-password --yes',
    uid: NOBODY,
    break: ({ config, auth }) => {
      give(config)
      chmodSync(auth, 0)
    },
    code: 1,
    says: /auth\.json cannot be used: permission denied; run it as root/
  },
  {
    name: 'the folder cannot be written',
    words: 'reset-password --yes',
    uid: NOBODY,
    break: ({ config }) => {
      give(config)
      chmodSync(config, 0o500)
    },
    code: 1,
    says: /config cannot be used: permission denied; run it as root/
  },
  {
    name: 'broken JSON',
    words: 'reset-password --yes',
    break: ({ auth }) => writeFileSync(auth, '{"username": '),
    code: 1,
    says: /auth\.json cannot be read: not valid JSON at line 1, column 14; fix the file/
  },
  {
    name: 'a directory in its place',
    words: 'reset-password --yes',
    break: ({ auth }) => {
      rmSync(auth)
      mkdirSync(auth)
    },
    code: 1,
    says: /auth\.json cannot be read: not a regular file; fix the file/
  },
  {
    name: 'no secret, and nothing can be written',
    words: 'reset-password --yes',
    uid: NOBODY,
    break: ({ config, auth }) => {
      writeFileSync(auth, login.replace(/,"jwt_secret":"s+"/, ''))
      give(config)
      writeFileSync(join(config, '.auth.lock'), '', { mode: 0o600 })
    },
    code: 1,
    says: /the login is as it was: this user cannot access it or its folder/
  },
  {
    name: 'another process writes',
    words: 'reset-password --yes',
    break: ({ config }, t) => {
      const holder = new DatabaseSync(join(config, '.auth.lock'))
      holder.exec('BEGIN IMMEDIATE')
      t.teardown(() => holder.close())
    },
    code: 1,
    says: /the login is as it was: \S+\.auth\.lock is locked by another process/
  },
  {
    name: 'the database is missing',
    words: 'audit verify',
    break: ({ database }) => rmSync(database),
    code: 2,
    says: /\S+state\.sqlite does not exist; set MONITOR_CONFIG_DIR and MONITOR_STATE_DIR/
  },
  {
    name: 'the folder is missing',
    words: 'audit verify',
    break: ({ state }) => rmSync(state, { recursive: true }),
    code: 2,
    says: /\S+state\.sqlite does not exist/
  },
  {
    name: 'the folder is closed',
    words: 'audit verify',
    uid: NOBODY,
    break: () => {},
    code: 2,
    says: /state\.sqlite cannot be read: permission denied; run it as root/
  },
  {
    name: 'the database is closed',
    words: 'audit verify',
    uid: NOBODY,
    break: ({ state }) => chmodSync(state, 0o755),
    code: 2,
    says: /state\.sqlite cannot be read: this user cannot access it or its folder/
  },
  {
    name: 'the database is locked',
    words: 'audit verify',
    break: ({ database }, t) => {
      const holder = new DatabaseSync(database)
      holder.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
      t.teardown(() => holder.close())
    },
    code: 2,
    says: /state\.sqlite cannot be read: another process has locked it; try again/
  },
  {
    name: 'not a database',
    words: 'audit verify',
    break: ({ database }) => writeFileSync(database, 'long enough to be taken for something '.repeat(40)),
    code: 2,
    says: /state\.sqlite cannot be read: it is damaged; restart the daemon/
  },
  {
    name: 'a damaged page',
    words: 'audit verify',
    break: ({ database }) => {
      tamper(database, 'PRAGMA journal_mode = DELETE')
      const bytes = readFileSync(database)
      writeFileSync(database, Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(bytes.length - 4096, 7)]))
    },
    code: 2,
    says: /state\.sqlite cannot be read: it is damaged; restart the daemon/
  },
  {
    name: 'one of an older version',
    words: 'audit verify',
    break: ({ database }) => {
      rmSync(database)
      tamper(database, 'CREATE TABLE other (id)')
    },
    code: 2,
    says: /no such table: audit_ends; start the daemon once/
  },
  {
    name: 'a pipe in its place',
    words: 'audit verify',
    break: ({ database }) => {
      rmSync(database)
      spawnSync('mkfifo', [database])
    },
    code: 2,
    says: /state\.sqlite is not a regular file/
  }
]

for (const { name, words, uid, code, says, ...fault } of faults) {
  t.test(`${words}, ${name}: one plain line`, uid === undefined ? {} : needsRoot, async (t) => {
    const where = await place(t)
    await fault.break(where, t)
    const answer = run(words, where, { uid: uid ?? process.getuid!() })
    t.equal(answer.code, code)
    t.match(answer.text, /^(reset-password|audit): [^\n]+\n$/)
    t.match(answer.text, says)
    t.notMatch(answer.text, /node:|\.ts:|\b(EACCES|EPERM|ENOSPC|SQLITE)/)
  })
}

t.test('a full disk leaves the login as it was, without a copy', async (t) => {
  const where = await place(t)
  const disk = await smallDisk(t, where.folder)
  if (!disk) return
  const auth = join(disk.path, 'auth.json')
  writeFileSync(auth, login, { mode: 0o600 })
  writeFileSync(join(disk.path, '.auth.lock'), '')
  const full = { ...where, config: disk.path }
  await disk.fill()
  const refused = run('reset-password --yes', full)
  t.match(refused, {
    code: 1,
    text: /^reset-password: the login is as it was: the disk is full; free some space[^\n]+\n$/
  })
  t.equal(readFileSync(auth, 'utf8'), login)
  t.same(readdirSync(disk.path).toSorted(), ['.auth.lock', 'auth.json', 'ballast'])
  await disk.makeRoom()
  t.match(run('reset-password --yes', full), { code: 0 })
})

t.test('a wrong call and an unusable configuration are exit code 2, and one line', async (t) => {
  const where = await place(t)
  for (const words of [
    'audit',
    'reset',
    'reset-password',
    'reset-password now',
    'audit verify now',
    '--all',
    'sessions end',
    'sessions end a --all',
    'tokens create',
    'tokens create a --days 0',
    'tokens create a --scope all',
    'users create a --permissions x',
    'audit tail -n x'
  ])
    t.match(
      run(words, where),
      { code: 2, text: /^(proxmenux-monitor: [^\n]+\. Try: [^\n]+ --help|reset-password: [^\n]+ add --yes [^\n]+)\n$/ },
      words
    )
  for (const words of ['reset-password --yes', 'audit verify', 'sessions list', 'doctor'])
    t.match(run(words, where, { env: { MONITOR_PORT: 'x' } }), { code: 2, text: /^MONITOR_PORT: [^\n]+\n$/ }, words)
  t.match(run('--help', where), { code: 0, stdout: /^Usage: / })
  t.match(run('--version', where), { code: 0, stdout: /^\d+\.\d+\.\d+\n$/ })
})

t.test('output that cannot be written is one line too', async (t) => {
  const { status, stderr } = spawnSync(executable, ['--help'], {
    stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
    encoding: 'utf8'
  })
  t.equal(status, 1)
  t.equal(stderr, 'cannot write the output: the disk is full; free some space and try again\n')
})

t.test('audit verify finds the daemon’s folder, whoever runs it', needsRoot, async (t) => {
  const spareIn = ({ config }: Place) => join(config, 'state/state.sqlite')
  const addSpare = (where: Place) => {
    mkdirSync(dirname(spareIn(where)), { mode: 0o700 })
    makeDatabase(spareIn(where))
  }
  const looksAt = (where: Place, path: string, uid: number) => {
    const { code, text } = run('audit verify', where, { uid })
    t.match(text, `audit: ${path}: no entries, the chain is whole`, `as ${uid}`)
    t.equal(code, 0)
  }

  const rooted = await place(t)
  looksAt(rooted, rooted.database, 0)
  addSpare(rooted)
  looksAt(rooted, rooted.database, 0)

  const theirs = await place(t)
  addSpare(theirs)
  give(theirs.config)
  // The state folder is root's: their daemon falls back, and leaves a database of root's alone.
  for (const uid of [0, NOBODY]) looksAt(theirs, spareIn(theirs), uid)
  rmSync(theirs.state, { recursive: true })
  for (const uid of [0, NOBODY]) looksAt(theirs, spareIn(theirs), uid)

  const both = await place(t)
  addSpare(both)
  give(both.folder)
  for (const uid of [0, NOBODY]) looksAt(both, both.database, uid)
})
