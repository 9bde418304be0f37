interface Schema {
  type?: string | string[]
  example?: unknown
  examples?: unknown[]
  enum?: unknown[]
  const?: unknown
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  anyOf?: Schema[]
}

/**
 * An example value of a schema, built from the examples of its fields; undefined if a required field has no example.
 */
export function exampleOf(schema: Schema): unknown {
  const given = [schema.example, schema.examples?.[0], schema.const, schema.enum?.[0]].find(
    (each) => each !== undefined
  )
  if (given !== undefined) return given
  if (schema.type === 'null') return null
  if (schema.anyOf) return exampleOf(schema.anyOf[0]!)
  if (schema.items) {
    const item = exampleOf(schema.items)
    return item === undefined ? undefined : [item]
  }
  if (!schema.properties) return undefined
  const fields = Object.entries(schema.properties).map(([name, field]) => [name, exampleOf(field)] as const)
  if (fields.some(([name, value]) => value === undefined && schema.required?.includes(name))) return undefined
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined))
}
