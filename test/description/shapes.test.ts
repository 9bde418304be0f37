import SwaggerParser from '@apidevtools/swagger-parser'
import t from 'tap'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { bearer, build, setUp } from '../support/app.ts'
import {
  type Description,
  operationsOf,
  readDescription,
  type Shape,
  withoutReferences
} from '../support/description.ts'
import { standIn } from '../support/stand-in.ts'

const description = readDescription()

const hasFields = ({ properties = {} }: Shape) => Object.keys(properties).length > 0

/** Every schema in a schema, with its place. */
function* shapesIn(shape: Shape, place: string): Generator<[place: string, shape: Shape]> {
  yield [place, shape]
  const { properties = {}, items, additionalProperties, anyOf = [], oneOf = [], allOf = [] } = shape
  for (const [name, part] of Object.entries(properties)) yield* shapesIn(part, `${place}.${name}`)
  for (const part of [items, additionalProperties]) if (typeof part === 'object') yield* shapesIn(part, `${place}[]`)
  for (const part of [...anyOf, ...oneOf, ...allOf]) yield* shapesIn(part, place)
}

const schemasOf = ({ content = {} }: { content?: Record<string, { schema: Shape }> } = {}) =>
  Object.values(content).map(({ schema }) => schema)

t.test('docs/openapi.json is valid OpenAPI 3.1', async (t) => {
  await t.resolves(SwaggerParser.validate(standIn(structuredClone(description))))
  t.equal(description.openapi, '3.1.0')
})

t.test('every operation has an id of its own, declared tags, a summary and its security', async (t) => {
  const operations = operationsOf(description)
  t.ok(operations.length > 100)
  const ids = operations.map(({ operation }) => operation.operationId)
  t.equal(new Set(ids).size, ids.length)
  const declared = description.tags.map(({ name }) => name)
  for (const { name, operation } of operations) {
    t.match(operation, { tags: [String], summary: String, security: Array }, name)
    t.same(
      operation.tags.filter((tag) => !declared.includes(tag)),
      [],
      name
    )
  }
})

t.test('every route under /api is described, except its pages', async (t) => {
  const undescribed: string[] = []
  const app = await build(
    t,
    {},
    {
      onRoute({ method, url, schema, config }) {
        if (url.startsWith('/api') && !config?.isStatic && !schema?.operationId) undescribed.push(`${method} ${url}`)
      }
    }
  )
  await app.ready()
  t.same(undescribed, [])
})

t.test('every body and answer of JSON or text has an example, which fits its schema', async (t) => {
  const whole = await withoutReferences(description)
  const parts = operationsOf(whole).flatMap(({ name, operation }) => {
    // Error answers are shared.
    const own = Object.entries(operation.responses).filter(([status]) => Number(status) < 400)
    return [['body', operation.requestBody] as const, ...own].map(([of, part]) => [`${name} ${of}`, part] as const)
  })
  let count = 0
  for (const [name, part] of [...parts, ...Object.entries(whole.components.responses)]) {
    for (const [type, { schema, example, examples = {} }] of Object.entries(part?.content ?? {})) {
      if (/^(image|multipart)\//.test(type)) continue
      const given = example === undefined ? Object.values(examples).map(({ value }) => value) : [example]
      t.ok(given.length > 0, `${name} ${type}: an example`)
      const validator = Compile(standIn<TSchema>(schema))
      for (const each of given) t.same(validator.Errors(each), [], `${name} ${type}`)
      count += given.length
    }
  }
  t.ok(count > 200)
})

t.test('every object is a named schema, no shape is written twice, and every name is used', async (t) => {
  const { schemas } = description.components
  const inline: string[] = []
  for (const { name, operation } of operationsOf(description)) {
    const { requestBody, responses, parameters = [] } = operation
    const parts = [requestBody, ...Object.values(responses)].flatMap(schemasOf)
    for (const schema of [...parts, ...parameters.map(({ schema }) => schema)]) {
      for (const [place, shape] of shapesIn(schema, name)) if (hasFields(shape) || shape.title) inline.push(place)
    }
  }
  const shapes = new Map<string, string[]>()
  for (const [name, schema] of Object.entries(schemas)) {
    const [[, own], ...nested] = [...shapesIn(schema, name)] as [[string, Shape], ...[string, Shape][]]
    for (const [place, shape] of nested) if (hasFields(shape) || shape.title) inline.push(place)
    const { title, description, examples, ...shape } = own
    const key = JSON.stringify(shape, (key, value) => (key === 'examples' && Array.isArray(value) ? undefined : value))
    shapes.set(key, [...(shapes.get(key) ?? []), name])
    t.match(name, /^[A-Z][A-Za-z0-9]+$/)
  }
  t.same(inline, [])
  t.same(
    [...shapes.values()].filter((names) => names.length > 1),
    []
  )
  const text = JSON.stringify(description)
  for (const name of Object.keys(schemas)) t.ok(text.includes(`"#/components/schemas/${name}"`), name)
})

t.test('a schema that several operations share is not named after one of them', async (t) => {
  const users = new Map<string, string[]>()
  const operations = operationsOf(description)
  for (const { operation } of operations) {
    const { requestBody, responses } = operation
    for (const { $ref = '' } of [requestBody, ...Object.values(responses)].flatMap(schemasOf)) {
      const name = $ref.replace('#/components/schemas/', '')
      users.set(name, [...(users.get(name) ?? []), operation.operationId])
    }
  }
  const madeUp = new Set(
    operations.flatMap(({ operation: { operationId: id } }) => {
      const name = id.charAt(0).toUpperCase() + id.slice(1)
      return [`${name}Reply`, `${name}Body`]
    })
  )
  for (const [name, by] of users) {
    if (by.length > 1)
      t.notOk(
        madeUp.has(name),
        `${name} is shared by ${by.join(', ')}: give it a title (schemas/foundation/named-object.ts)`
      )
  }
})

t.test('an id has one type in paths and bodies', async (t) => {
  for (const { name, operation } of operationsOf(description)) {
    for (const { name: parameter, schema } of operation.parameters ?? []) {
      const isNumber = /^\^?\(?\[1-9\]/.test(schema.pattern ?? '')
      t.notOk(isNumber, `${name}: ${parameter} is a number, so its type is integer`)
    }
  }
})

t.test('the error envelope names its codes, its credentials and its details', async (t) => {
  const { ErrorReply: envelope, ErrorCode, ErrorDetail } = description.components.schemas
  t.ok(['code', 'needs', 'requires_totp', 'details', 'request_id'].every((name) => name in envelope!.properties!))
  t.ok(ErrorCode!.enum!.includes('STEP_UP_REQUIRED'))
  t.same(Object.keys(ErrorDetail!.properties!), ['path', 'message'])
})

t.test('error answers carry the headers that the daemon sends', async (t) => {
  const headersOf = (name: string) => Object.keys(description.components.responses[name]!.headers ?? {})
  t.same(headersOf('Unauthorized'), ['WWW-Authenticate'])
  for (const name of ['Locked', 'ServiceUnavailable']) t.same(headersOf(name), ['Retry-After'], name)
  t.same(headersOf('TooManyRequests'), ['Retry-After', 'RateLimit', 'RateLimit-Policy'])
  t.same(headersOf('UpgradeRequired'), ['Upgrade'])
})

t.test('the running daemon serves this description, to who has a token', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const served = (await app.inject({ url: '/api/openapi.json', headers })).json() as Description
  t.same({ ...served, info: null }, { ...description, info: null })
})
