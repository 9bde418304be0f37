import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { standIn } from './stand-in.ts'

export interface Shape {
  $ref?: string
  title?: string
  type?: string
  description?: string
  pattern?: string
  enum?: string[]
  properties?: Record<string, Shape>
  additionalProperties?: Shape | boolean
  items?: Shape
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  examples?: unknown[]
}

interface Media {
  schema: Shape
  example?: unknown
  examples?: Record<string, { value: unknown }>
}

interface Answer {
  $ref?: string
  description: string
  headers?: Record<string, object>
  content?: Record<string, Media>
}

export interface Operation {
  operationId: string
  tags: string[]
  summary: string
  security: object[]
  parameters?: { name: string; in: string; schema: Shape }[]
  requestBody?: { content: Record<string, Media> }
  responses: Record<string, Answer>
}

export interface Description {
  openapi: string
  tags: { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Shape>; responses: Record<string, Answer> }
}

/** docs/openapi.json. */
export const readDescription = (): Description =>
  JSON.parse(readFileSync(resolve(import.meta.dirname, '../../docs/openapi.json'), 'utf8'))

/** The description with each reference replaced by what it names. */
export async function withoutReferences(description: unknown): Promise<Description> {
  // Most tests do not need it, and it takes a tenth of their start.
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser')
  return standIn(await SwaggerParser.dereference(standIn(structuredClone(description))))
}

export const operationsOf = ({ paths }: Description) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      name: `${method.toUpperCase()} ${path}`,
      operation
    }))
  )
