import fp from 'fastify-plugin'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/**
 * Requests are validated by TypeBox, whose schemas the routes are written in. Query strings and path parameters are
 * texts and are converted first; a JSON body is taken as it is: "1" is not 1.
 */
export default fp(
  async (app) => {
    app.setValidatorCompiler(({ schema, httpPart }) => {
      const validator = Compile(schema as TSchema)
      const converts = httpPart !== 'body'
      return (input: unknown) => {
        const value = converts ? validator.Convert(validator.Default(input)) : input
        if (validator.Check(value)) return { value }
        return { error: validator.Errors(value) as never }
      }
    })
  },
  { name: 'validation' }
)
