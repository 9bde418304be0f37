import fp from 'fastify-plugin'
import { Compile, type TSchema } from '../vendor/typebox.js'

/**
 * Requests are validated by TypeBox, whose schemas the routes are written in, as they are: "1" is not 1. The first query
 * with a number in it needs `Convert` of typebox/value here.
 */
export default fp(
  async (app) => {
    app.setValidatorCompiler(({ schema }) => {
      const validator = Compile(schema as TSchema)
      return (value: unknown) => (validator.Check(value) ? { value } : { error: validator.Errors(value)[1] as never })
    })
  },
  { name: 'validation' }
)
