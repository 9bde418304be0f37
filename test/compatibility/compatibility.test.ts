import t, { type Test } from 'tap'
import { missing } from '../support/certificates.ts'
import { operationsOf, readDescription, withoutReferences } from '../support/description.ts'
import { accountCalls } from './account-calls.ts'
import { type Answer, type Capture, captures } from './captures.ts'
import { type Call, type Host, openHost, type Reply } from './host.ts'
import { hostCalls } from './host-calls.ts'
import { type Difference, inAnswer, inSchema } from './shape.ts'
import { covers, type Row, rows } from './table.ts'

// docs/compatibility.md says of each route of the Monitor whether it is the same here. Here each is called as the
// Monitor's client calls it, and its answer and its description are compared with what the Monitor answers.

t.setTimeout(300_000)

const calls: Record<string, Call> = { ...accountCalls, ...hostCalls }
const rowOf = new Map(rows.map((row) => [row.route, row]))

/** The route without the names of its parameters, which are not the same in each document. */
const anonymous = (route: string) => route.replaceAll(/\{[^}]+\}|:\w+/g, '*')
const described = new Map(
  operationsOf(await withoutReferences(readDescription())).map(({ name, operation }) => [anonymous(name), operation])
)

/** The described schema of the answer to the plain request; null if it is not JSON. */
function schemaOf(route: string) {
  const good = Object.entries(described.get(anonymous(route))?.responses ?? {}).find(([status]) =>
    status.startsWith('2')
  )
  return good?.[1].content?.['application/json']?.schema ?? null
}

const PARAMETERS: Record<string, string> = { vmid: '101', disk: 'sda', name: 'vmbr0', app: 'secure-gateway' }

/** Calls a route, or a case of it, as the Monitor's client does. */
async function call(host: Host, t: Test, name: string): Promise<Reply> {
  const own = calls[name]
  if (own) return own(host, t)
  const [method, path] = name.split(' ') as ['GET', string]
  return host.send(
    method,
    path.replaceAll(/:(\w+)/g, (_all, parameter) => PARAMETERS[parameter] ?? '1')
  )
}

/** Where an answer of this daemon differs: its status, its type or fields. */
async function differencesOf(host: Host, t: Test, name: string, { status = 200, type, answer }: Answer) {
  const reply = await call(host, t, name)
  if (reply.statusCode !== status) return [{ path: `${reply.statusCode}`, kind: 'type' as const }]
  if (type !== undefined && !String(reply.headers['content-type']).startsWith(type))
    return [{ path: `${reply.headers['content-type']}`, kind: 'type' as const }]
  return answer === undefined ? [] : [...inAnswer(answer, JSON.parse(reply.body))]
}

/** Everything that differs must stand in the row, and nothing else may. */
function compare(t: Test, row: Row, found: readonly Difference[]): void {
  for (const [fields, isOfRow, what] of [
    [row.differs, ({ kind }: Difference) => kind !== 'null', 'differs'],
    [row.nulls, ({ kind }: Difference) => kind === 'null', 'may be null']
  ] as const) {
    const paths = new Set(found.filter(isOfRow).map(({ path }) => path))
    for (const path of paths)
      t.ok(
        fields.some((field) => covers(field, path)),
        `${path} ${what}, as the row says`
      )
    for (const field of fields)
      t.ok(
        [...paths].some((path) => covers(field, path)),
        `${field} ${what}, and the row says no more`
      )
  }
  t.equal(row.here, row.differs.length > 0 ? 'differs' : 'same', 'one word for the row')
  t.ok(row.here === 'same' || row.why.length > 0, 'a difference has a reason')
}

async function compareRoute(t: Test, host: Host, row: Row, capture: Capture) {
  const schema = schemaOf(row.route)
  const found = schema && capture.answer !== undefined ? [...inSchema(capture.answer, schema)] : []
  found.push(...(await differencesOf(host, t, row.route, capture)))
  for (const [name, answer] of Object.entries(capture.cases ?? {}))
    found.push(...(await differencesOf(host, t, `${row.route}: ${name}`, answer)))
  compare(t, row, found)
}

t.test('the table has each captured route once, and names only routes that exist', async (t) => {
  t.same(rows.map(({ route }) => route).toSorted(), Object.keys(captures).toSorted())
  for (const { route, here, why } of rows) {
    t.equal(captures[route] === null, here === 'not offered', `${route} is captured unless it is not offered`)
    for (const [, other] of why.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE) [^`]+)`/g))
      t.ok(described.has(anonymous(other!)), `${route}: ${other} exists`)
  }
  const cases = Object.entries(captures).flatMap(([route, capture]) =>
    Object.keys(capture?.cases ?? {}).map((name) => `${route}: ${name}`)
  )
  const isCase = (name: string) => !(name in captures)
  t.same(Object.keys(calls).filter(isCase).toSorted(), cases.toSorted(), 'each captured case has its call')
})

t.test('each answer is as the table says', { skip: missing }, async (t) => {
  const host = await openHost(t)
  for (const [route, capture] of Object.entries(captures)) {
    const row = rowOf.get(route)
    if (row && capture) await t.test(route, (t) => compareRoute(t, host, row, capture))
  }
})

t.test('what is not offered is 404 in the envelope, with a reason in the table', async (t) => {
  const host = await openHost(t)
  for (const { route, differs, nulls, why } of rows.filter(({ here }) => here === 'not offered')) {
    const reply = await call(host, t, route)
    t.equal(reply.statusCode, 404, route)
    t.match(JSON.parse(reply.body), { success: false, code: 'NOT_FOUND', error: String, message: String }, route)
    t.same([differs, nulls], [[], []], route)
    t.ok(why.length > 0, `${route} has a reason`)
  }
})
