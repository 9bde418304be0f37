import { createRequire } from 'node:module'
import type FastJsonStringify from 'fast-json-stringify'
import { Compile, type TSchema } from '../vendor/typebox.js'

const require = createRequire(import.meta.url)

/**
 * Fastify's two compilers. Requests are validated by TypeBox, whose schemas the routes are written in, as they are: "1"
 * is not 1. The first query with a number in it needs `Convert` of typebox/value here.
 * Answers are serialised by Fastify's own serialiser. Both are made when a route is first asked, and not for all of them
 * at every start.
 * A frozen answer is one that many get: its text is kept until another comes.
 */
export const schemaCompilers = {
  buildValidator:
    () =>
    ({ schema }: { schema: unknown }) => {
      let validator: ReturnType<typeof Compile> | undefined
      return (value: unknown) => {
        validator ??= Compile(schema as TSchema)
        return validator.Check(value) ? { value } : { error: validator.Errors(value)[1] as never }
      }
    },
  buildSerializer:
    () =>
    ({ schema }: { schema: unknown }) => {
      let serialise: ((answer: unknown) => string) | undefined
      let shared: unknown
      let text = ''
      return (answer: unknown) => {
        if (answer === shared) return text
        serialise ??= (require('fast-json-stringify') as typeof FastJsonStringify)(schema as object)
        if (!Object.isFrozen(answer)) return serialise(answer)
        text = serialise(answer)
        shared = answer
        return text
      }
    }
}
