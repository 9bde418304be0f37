import { readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import type { LogFilters } from '../../schemas/host/logs.ts'
import { temporaryFolder } from '../support/app.ts'
import { entriesFrom, entryOf, makeJournal, missing, openLogs, systemFile } from './journals.ts'

const skip = missing

// systemd's journal file format: types of objects, and its numbers.
const DATA = 1
const ENTRY = 3
const ENTRY_ARRAY = 6
const readNumber = (file: Buffer, at: number): number => Number(file.readBigUInt64LE(at))

/** The same numbers each time. */
function createRandom(seed: number) {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** Offset, type and size of each object of a whole file. */
function* objectsOf(file: Buffer): Generator<{ offset: number; type: number; size: number }> {
  const last = readNumber(file, 136)
  for (let offset = readNumber(file, 88); offset <= last; ) {
    const size = readNumber(file, offset + 8)
    yield { offset, type: file[offset]!, size }
    offset += Math.ceil(size / 8) * 8
  }
}

const queries: LogFilters[] = [
  {},
  { unit: 'unit3' },
  { priority: '3' },
  { identifier: 'program1' },
  { boot: 'current' },
  { search: 'x' }
]

t.test('a damaged file is answered with the entries that journalctl reads in it', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  const path = makeJournal(systemFile(logDir), [
    ...entriesFrom(0, 300),
    entryOf(300, { MESSAGE: 'long '.repeat(2000) })
  ])
  const whole = readFileSync(path)
  const used = readNumber(whole, 136) + 1024
  const random = createRandom(7)
  const { list } = openLogs(logDir, { timeoutMs: 10_000 })
  let read = 0
  let told = 0
  for (let round = 0; round < 60; round++) {
    const file = Buffer.from(whole)
    const kind = round % 3
    // Bits anywhere, numbers where offsets and counts stand, and a file that ends early.
    if (kind === 0) for (let i = 0; i < 200; i++) file[random(used)]! ^= 1 << random(8)
    if (kind === 1) for (let i = 0; i < 100; i++) file.writeUInt32LE(random(2 ** 32), random(used / 8) * 8)
    if (kind === 1) for (let i = 0; i < 10; i++) file.writeBigUInt64LE(BigInt(random(used)), random(used / 8) * 8)
    // The header is looked at first: most rounds leave it whole, to come further.
    if (round % 5 !== 0) whole.copy(file, 0, 0, 264)
    writeFileSync(path, kind === 2 ? file.subarray(0, random(used)) : file)
    const reply = await list(queries[round % queries.length], 1000)
    t.ok(Array.isArray(reply.logs), `round ${round}`)
    read += reply.total
    if (reply.reason !== null) told++
  }
  t.ok(read > 200, `${read} entries were read out of the damaged files`)
  t.ok(told > 0, `${told} answers say that something could not be read`)
})

t.test('cyclic chains of entries end', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  const path = makeJournal(systemFile(logDir), entriesFrom(0, 300))
  const whole = readFileSync(path)
  for (const target of ['self', 'first'] as const) {
    const file = Buffer.from(whole)
    const first = readNumber(file, 176)
    for (const { offset, type } of objectsOf(whole)) {
      const to = BigInt(target === 'self' ? offset : first)
      if (type === ENTRY_ARRAY) file.writeBigUInt64LE(to, offset + 16)
      if (type === DATA) file.writeBigUInt64LE(BigInt(offset), offset + 32)
    }
    // More than there are, so that nothing but the chain ends it.
    file.writeBigUInt64LE(2n ** 52n, 152)
    writeFileSync(path, file)
    for (const query of queries) {
      const reply = await openLogs(logDir).list(query, 1000)
      t.ok(reply.total <= 300, `${target} ${JSON.stringify(query)}`)
      t.equal(reply.complete, true)
    }
  }
})

t.test('only the damaged entry is skipped', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  const path = makeJournal(systemFile(logDir), entriesFrom(0, 100))
  const file = readFileSync(path)
  const entries = [...objectsOf(file)].filter(({ type }) => type === ENTRY)
  file[entries[50]!.offset] = 0
  // A time no calendar has.
  file.writeBigUInt64LE(2n ** 63n, entries[60]!.offset + 24)
  writeFileSync(path, file)
  const messages = (await openLogs(logDir).all({}, 7)).map(({ message }) => message)
  t.equal(messages.length, 98)
  t.notOk(messages.includes('message 50') || messages.includes('message 60'))
})

t.test('a small field that decompresses to a huge one is not decompressed', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  makeJournal(systemFile(logDir), [entryOf(0, { MESSAGE: 'x'.repeat(50_000_000) }), entryOf(1)])
  t.same(
    (await openLogs(logDir).all()).map(({ message }) => message),
    ['message 1', '(too long to be shown)']
  )
})

t.test('a file in a newer format is reported as such', { skip }, async (t) => {
  const logDir = await temporaryFolder(t)
  const path = makeJournal(systemFile(logDir), [entryOf(0)])
  const file = readFileSync(path)
  file.writeUInt32LE(file.readUInt32LE(12) | 32, 12)
  writeFileSync(path, file)
  t.match(await openLogs(logDir).list(), { total: 0, complete: true, reason: /uses an unsupported feature/ })
})
