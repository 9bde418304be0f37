import type { FastifyReply, FastifyRequest, onRouteHookHandler, onSendHookHandler, RouteOptions } from 'fastify'
import type { Test } from 'tap'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { type Operation, operationsOf, readDescription } from './description.ts'
import { standIn } from './stand-in.ts'

const description = readDescription()
const { components } = description
const operations = new Map(operationsOf(description).map(({ operation }) => [operation.operationId, operation]))
const validators = new Map<string, ReturnType<typeof Compile>>()

const parse = (payload: unknown): unknown => {
  try {
    return JSON.parse(String(payload))
  } catch {
    return undefined
  }
}

/** How an answer differs from docs/openapi.json; null if it does not. */
function faultOf(operation: Operation, reply: FastifyReply, payload: unknown): string | null {
  const { statusCode } = reply
  const named = operation.responses[statusCode]
  const answer = named?.$ref ? components.responses[named.$ref.split('/').at(-1)!] : named
  if (!answer) return `the description lacks the status ${statusCode}: ${String(payload).slice(0, 200)}`
  const type = String(reply.getHeader('content-type') ?? '').split(';')[0]!
  const media = answer.content?.[type]
  if (statusCode === 304) return null
  if (!media) return `the description lacks ${type} of the status ${statusCode}`
  if (type !== 'application/json') return null
  const body = parse(payload)
  if (statusCode >= 400) {
    const { code } = standIn<{ code: string }>(body)
    if (!Object.hasOwn(media.examples ?? {}, code)) return `the description lacks ${code} of the status ${statusCode}`
  }
  const key = JSON.stringify(media.schema)
  // References lead to the components of the same document.
  if (!validators.has(key)) validators.set(key, Compile(standIn<TSchema>({ ...media.schema, components })))
  const [first] = validators.get(key)!.Errors(body)
  return first ? `${first.instancePath} ${first.message}: ${String(payload).slice(0, 200)}` : null
}

/** Compares every answer of a test's app with docs/openapi.json. A difference fails the test. */
export const compareAnswers =
  (t: Test): onRouteHookHandler =>
  (route: RouteOptions) => {
    const id = route.schema?.operationId
    if (id === undefined || route.method === 'HEAD') return
    const describedAnswer: onSendHookHandler = async (request: FastifyRequest, reply, payload) => {
      const operation = operations.get(id)
      const fault = operation ? faultOf(operation, reply, payload) : 'docs/openapi.json lacks it; run npm run generate'
      if (fault !== null) t.fail(`${request.method} ${request.url.slice(0, 100)}: ${fault}`)
      return payload
    }
    route.onSend = [[route.onSend ?? []].flat(), describedAnswer].flat() as onSendHookHandler[]
  }
