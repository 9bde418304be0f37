import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { createMergePatch } from '../../../lib/live/merge-patch.ts'
import { createTopic } from '../../../lib/live/topic.ts'
import { applyMergePatch } from '../../live/live-client.ts'

/** Without members that are null, at any depth: the same as absent, to a merge patch. */
const withoutNulls = (value: unknown): unknown => applyMergePatch({}, value)

const members = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'toString', 'constructor', '__proto__'),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<unknown>,
  { noNullPrototype: false }
)

t.test('a patch applied to the older object yields the newer one, with null as absent', async () => {
  fc.assert(
    fc.property(members, members, (before, after) => {
      const patch = createMergePatch(before, after)
      const parsed = patch === null ? {} : JSON.parse(JSON.stringify(patch))
      deepStrictEqual(applyMergePatch(withoutNulls(before), parsed), withoutNulls(JSON.parse(JSON.stringify(after))))
    }),
    { numRuns: 500 }
  )
})

t.test('a patch has only changed fields, and is null without a change', async (t) => {
  const one = { cpu: 5, list: [{ a: 1 }, { b: [2] }], inner: { same: 1, other: 2 }, gone: 3, none: null }
  t.equal(createMergePatch(one, structuredClone(one)), null)
  t.equal(createMergePatch({ a: null }, {}), null)
  t.same(createMergePatch(one, { ...structuredClone(one), inner: { same: 1, other: 3 }, gone: null }), {
    inner: { other: 3 },
    gone: null
  })
  t.same(createMergePatch({ list: [1, 2] }, { list: [1] }), { list: [1] })
})

t.test('each message of a topic is made once, for any number of subscribers', async (t) => {
  let value = 1
  let made = 0
  const topic = createTopic(
    {
      name: 'x',
      permission: 'system.view',
      revision: () => value,
      snapshot: () => {
        made++
        return { value }
      }
    },
    (fault) => t.fail(String(fault))
  )
  topic.follow()
  topic.follow()
  t.equal(made, 1)
  t.equal(topic.messageAfter(0), topic.messageAfter(0), 'the same bytes')
  value = 2
  topic.refresh()
  topic.refresh()
  t.equal(made, 2)
  t.equal(topic.messageAfter(1), topic.messageAfter(1), 'the same bytes')
  t.same(JSON.parse(String(topic.messageAfter(1))), { type: 'delta', topic: 'x', seq: 2, patch: { value: 2 } })
  t.same(JSON.parse(String(topic.messageAfter(0))), { type: 'snapshot', topic: 'x', seq: 2, data: { value: 2 } })
})

t.test('a topic that throws is reported, keeps its last value, and recovers by itself', async (t) => {
  let isBroken = true
  const faults: unknown[] = []
  const topic = createTopic(
    {
      name: 'x',
      permission: 'system.view',
      snapshot: () => {
        if (isBroken) throw new Error('broken')
        return { a: 1 }
      }
    },
    (fault) => faults.push(fault)
  )
  topic.follow()
  t.equal(topic.seq(), 0)
  t.equal(faults.length, 1)
  isBroken = false
  topic.refresh()
  t.equal(topic.seq(), 1)
})
