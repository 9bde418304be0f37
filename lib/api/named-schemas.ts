/** The parts of a JSON schema that can contain another schema, and those that a name depends on. */
export interface Schema {
  $ref?: string
  title?: string
  description?: string
  type?: string | string[]
  const?: unknown
  enum?: unknown[]
  default?: unknown
  examples?: unknown[]
  properties?: Record<string, Schema>
  additionalProperties?: boolean | Schema
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
}

const PREFIX = '#/components/schemas/'

const pascal = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')

const singular = (name: string): string => name.replace(/ies$/, 'y').replace(/(?<=ss)es$|(?<![su])s$/, '')

/** Several constants are one enum, which every generator of clients reads. @fastify/swagger writes a constant as an enum. */
function joinConstants(schema: Schema): Schema {
  const { anyOf = [], ...rest } = schema
  const [type, ...otherTypes] = new Set(anyOf.map((each) => each.type))
  const isEnum = anyOf.every((each) => each.enum?.length === 1)
  if (typeof type !== 'string' || otherTypes.length > 0 || !isEnum) return schema
  return { ...rest, type, enum: anyOf.flatMap((each) => each.enum) }
}

/** What makes two schemas the same: not the text of their outermost level, and no example. */
function shapeOf({ title, description, default: _, ...shape }: Schema): string {
  const sorted = Object.fromEntries(Object.entries(shape).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return JSON.stringify(sorted, (key, value) => (key === 'examples' && Array.isArray(value) ? undefined : value))
}

/**
 * Moves objects, and other schemas with a `title`, to the named schemas of an OpenAPI description, so that no shape is
 * written twice. The name is the title, or is made of the name of the surrounding schema and the field.
 */
export function createSchemaNames() {
  const schemas: Record<string, Schema> = {}
  const named = new Map<string, string>()

  function register(schema: Schema, ownName: string): string {
    const shape = shapeOf(schema)
    const name = schema.title ?? named.get(shape) ?? ownName
    const known = schemas[name]
    if (known && shapeOf(known) !== shape)
      throw new Error(`two different schemas have the name ${name}; give one of them a title of its own`)
    schemas[name] ??= { ...schema, title: name }
    if (!named.has(shape)) named.set(shape, name)
    return name
  }

  function visitParts(schema: Schema, parent: string): Schema {
    const base = parent.replace(/^(Get|List)(?=[A-Z])|(Reply|Body)$/g, '')
    const each = (list: Schema[]) => list.map((part) => refer(part, parent))
    const { properties, items, additionalProperties: others, anyOf, oneOf, allOf } = schema
    return {
      ...schema,
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([field, part]) => [field, refer(part, base + pascal(field))])
        )
      }),
      ...(items && { items: refer(items, singular(parent)) }),
      ...(typeof others === 'object' && { additionalProperties: refer(others, singular(parent)) }),
      ...(anyOf && { anyOf: each(anyOf) }),
      ...(oneOf && { oneOf: each(oneOf) }),
      ...(allOf && { allOf: each(allOf) })
    }
  }

  /** The schema, or a reference to its name. `ownName` is for an object without a title. */
  function refer(given: Schema, ownName: string): Schema {
    const schema = joinConstants(given)
    const isObject = Object.keys(schema.properties ?? {}).length > 0
    if (schema.title === undefined && !isObject) return visitParts(schema, ownName)
    const { description } = schema
    if (Array.isArray(schema.type)) {
      const types = schema.type.filter((type) => type !== 'null')
      const values = schema.enum?.filter((value) => value !== null)
      const type = types.length === 1 ? types[0]! : types
      const part = refer({ ...schema, type, ...(values && { enum: values }) }, ownName)
      return { ...(description && { description }), anyOf: [part, { type: 'null' }] }
    }
    const name = register(visitParts(schema, schema.title ?? ownName), ownName)
    const isOwnText = description !== undefined && description !== schemas[name]!.description
    return { $ref: PREFIX + name, ...(isOwnText && { description }) }
  }

  return { schemas, refer }
}
