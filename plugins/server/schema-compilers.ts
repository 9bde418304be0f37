import fastJsonStringify from 'fast-json-stringify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/schema'

interface TextSchema {
  properties?: Record<string, { type?: string }>
}

/** An integer in a query may have leading zeros. In a path it has one spelling, as an id. */
const integers = { querystring: /^\d{1,15}$/, params: /^(0|[1-9]\d{0,14})$/ } as const
type TextPart = keyof typeof integers
const isText = (part: string | undefined): part is TextPart => part === 'querystring' || part === 'params'

/** Converts the integers and booleans of a query or path from text. The schema validates everything else unchanged. */
function readText(part: TextPart, sent: Record<string, unknown>, { properties = {} }: TextSchema) {
  const read = { ...sent }
  for (const [name, { type }] of Object.entries(properties)) {
    const text = read[name]
    if (type === 'integer' && typeof text === 'string' && integers[part].test(text)) read[name] = Number(text)
    if (type === 'boolean' && (text === 'true' || text === 'false')) read[name] = text === 'true'
  }
  return read
}

export const UNKNOWN_FIELD = 'is not a field of this route'

interface Fault {
  keyword: string
  schemaPath: string
  instancePath: string
  message?: string
}

/** Names each unknown field once, before other faults. TypeBox reports each field and its object. */
function namingUnknownFields(faults: readonly Fault[]): Fault[] {
  const isUnknown = ({ keyword, schemaPath }: Fault) =>
    keyword === 'boolean' && schemaPath.endsWith('/additionalProperties')
  const unknown = faults
    .filter(isUnknown)
    .map((fault) => ({ ...fault, instancePath: fault.instancePath.slice(0, 65), message: UNKNOWN_FIELD }))
  return [...unknown, ...faults.filter((fault) => !isUnknown(fault) && fault.keyword !== 'additionalProperties')]
}

/**
 * Fastify's two compilers. TypeBox validates requests: bodies without coercion ("1" is not 1), queries and paths with
 * their integers and booleans converted. Fastify's serialiser writes answers. Both are compiled on a route's first request: compiling them
 * for all routes would take most of the daemon's start.
 */
export const schemaCompilers = {
  buildValidator:
    () =>
    ({ schema, httpPart }: { schema: unknown; httpPart?: string }) => {
      let validator: ReturnType<typeof Compile> | undefined
      return (sent: unknown) => {
        validator ??= Compile(schema as TSchema)
        const value = isText(httpPart)
          ? readText(httpPart, sent as Record<string, unknown>, schema as TextSchema)
          : sent
        if (validator.Check(value)) return { value }
        return { error: namingUnknownFields(validator.Errors(value)[1] as Fault[]) }
      }
    },
  buildSerializer:
    () =>
    ({ schema }: { schema: unknown }) => {
      let serialise: ((answer: unknown) => string) | undefined
      return (answer: unknown) => {
        serialise ??= fastJsonStringify(schema as object)
        return serialise(answer)
      }
    }
}
