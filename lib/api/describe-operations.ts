import { type AccessFacts, describeAccess } from './describe-access.ts'
import { type AnswerName, type ErrorFacts, errorAnswers, errorAnswersOf, exampleOfError } from './error-answers.ts'
import { errorTable } from './errors.ts'
import { createSchemaNames, type Schema } from './named-schemas.ts'
import { exampleOf } from './schema-example.ts'

interface Media {
  schema: Schema
  example?: unknown
}
type Content = Record<string, Media>
interface Answer {
  $ref?: string
  description?: string
  headers?: Record<string, unknown>
  content?: Content
}

export interface Operation {
  operationId: string
  description?: string
  requestBody?: { content: Content }
  parameters?: { schema: Schema }[]
  security?: unknown
  responses: Record<string, Answer>
  'x-facts'?: OperationFacts
}

export type OperationFacts = ErrorFacts & AccessFacts

export interface Description {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Schema>; responses?: Record<string, Answer>; headers?: Record<string, object> }
}

/** Not `Error`, which would hide the global class in a generated client. */
const ERROR = 'ErrorReply'

const text = (description: string, example: string) => ({ description, schema: { type: 'string' }, example })

/** The headers of answers, by name. */
const headers: Record<string, object> = {
  'X-Request-Id': text('The id of the request in the log of the daemon.', 'k3v9-1'),
  RateLimit: text('Requests that remain in the window, and the seconds until it ends.', '"api";r=299;t=60'),
  'RateLimit-Policy': text('The limit, and the length of its window in seconds.', '"api";q=300;w=60'),
  'Retry-After': {
    description: 'Seconds until the request may be repeated.',
    schema: { type: 'integer', minimum: 0 },
    example: 5
  },
  'WWW-Authenticate': text('Always `Bearer`.', 'Bearer'),
  Upgrade: text('The protocol that the port speaks.', 'TLS/1.2, HTTP/1.1')
}
/** Every answer that passed the gates carries these. */
const ofAnswers = ['X-Request-Id', 'RateLimit', 'RateLimit-Policy']

const refer = (kind: 'headers' | 'responses' | 'schemas', name: string) => ({ $ref: `#/components/${kind}/${name}` })
const headerRefs = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, refer('headers', name)]))

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1)
const isJson = (type: string) => type === 'application/json'

function describeError(name: AnswerName): Answer {
  const { description, codes, headers: own = [] } = errorAnswers[name]
  const examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOfError(code) }]))
  return {
    description,
    headers: headerRefs(own),
    content: { 'application/json': { schema: refer('schemas', ERROR), examples } as Media }
  }
}

function securityOf({ requirement, readsRefreshCookie, readsToken }: OperationFacts): object[] {
  if (readsRefreshCookie) return [{ refreshCookie: [] }]
  if (requirement) return [{ bearer: [] }]
  return readsToken ? [{}, { bearer: [] }] : []
}

/** The schema of the error envelope with the codes of the error table. */
const withErrorCodes = (schema: Schema): Schema => ({
  ...schema,
  properties: {
    ...schema.properties,
    code: {
      title: 'ErrorCode',
      type: 'string',
      enum: Object.keys(errorTable),
      description: 'A stable code for programs, explained in docs/errors.md.'
    }
  }
})

/**
 * Completes an OpenAPI description in place: names its schemas, and gives each operation its error answers, examples,
 * headers and security. A route's facts are in `x-facts`.
 */
export function completeDescription(description: Description): void {
  const names = createSchemaNames()
  const named = (content: Content | undefined, name: string) => {
    for (const [type, media] of Object.entries(content ?? {})) {
      const example = exampleOf(media.schema)
      if (example !== undefined) media.example ??= example
      media.schema = names.refer(media.schema, isJson(type) ? name : name.replace(/Body$/, 'Form'))
    }
  }

  names.refer({ ...withErrorCodes(description.components.schemas[ERROR]!), title: ERROR }, ERROR)

  for (const operation of Object.values(description.paths).flatMap((path) => Object.values(path))) {
    const { 'x-facts': facts, operationId, requestBody, parameters = [] } = operation
    delete operation['x-facts']
    const prefix = pascal(operationId)
    operation.security = securityOf(facts!)
    operation.description = [operation.description, describeAccess(facts!)].filter(Boolean).join('\n\n')
    named(requestBody?.content, `${prefix}Body`)
    for (const parameter of parameters) parameter.schema = names.refer(parameter.schema, prefix)
    for (const answer of Object.values(operation.responses)) {
      if (answer.description === 'Default Response') answer.description = 'Done.'
      answer.headers = { ...headerRefs(ofAnswers), ...answer.headers }
      named(answer.content, `${prefix}Reply`)
    }
    for (const name of errorAnswersOf(facts!)) {
      operation.responses[errorAnswers[name].status] = refer('responses', name)
    }
  }

  const byName = Object.entries(names.schemas).toSorted(([a], [b]) => (a < b ? -1 : 1))
  Object.assign(description.components, {
    schemas: Object.fromEntries(byName),
    responses: Object.fromEntries(
      (Object.keys(errorAnswers) as AnswerName[]).map((name) => [name, describeError(name)])
    ),
    headers
  })
}
