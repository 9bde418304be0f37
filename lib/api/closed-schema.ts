/** The parts of a JSON schema used here. */
export interface RequestSchema {
  type?: string | string[]
  properties?: Record<string, RequestSchema>
  additionalProperties?: unknown
  items?: RequestSchema
  required?: string[]
  anyOf?: RequestSchema[]
  oneOf?: RequestSchema[]
  allOf?: RequestSchema[]
  /** One schema for each content type, as Fastify takes a body. */
  content?: Record<string, { schema: RequestSchema }>
}

/** The path of the first object that allows unnamed fields; null if the schema is closed. */
export function findOpenObject(schema: RequestSchema, path = '/'): string | null {
  const isObject = schema.properties !== undefined || [schema.type].flat().includes('object')
  if (isObject && schema.additionalProperties !== false) return path
  const parts: [string, RequestSchema][] = [
    ...Object.entries(schema.properties ?? {}),
    ...(schema.items ? [['items', schema.items] as [string, RequestSchema]] : []),
    ...Object.entries([schema.anyOf ?? [], schema.oneOf ?? [], schema.allOf ?? []].flat()),
    ...Object.entries(schema.content ?? {}).map(([type, each]) => [type, each.schema] as [string, RequestSchema])
  ]
  for (const [name, part] of parts) {
    const found = findOpenObject(part, `${path}${name}/`)
    if (found !== null) return found
  }
  return null
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value)

/** The fields of `value` that the schema does not name; empty if `value` is not an object. */
export const unknownFieldsOf = (value: unknown, { properties = {} }: RequestSchema = {}): string[] =>
  isRecord(value) ? Object.keys(value).filter((name) => !Object.hasOwn(properties, name)) : []

/** `value` without the fields that the schema does not name, also in the objects of its fields. */
export function dropUnknownFields(value: unknown, schema: RequestSchema): unknown {
  if (!isRecord(value)) return value
  const { properties = {} } = schema
  const named = Object.entries(value).filter(([name]) => Object.hasOwn(properties, name))
  return Object.fromEntries(
    named.map(([name, field]) => {
      const part = properties[name]!
      return [name, part.properties ? dropUnknownFields(field, part) : field]
    })
  )
}
