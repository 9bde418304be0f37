import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'

const descriptionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/openapi.json',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getOpenApi',
        tags: ['api'],
        summary: 'This description, as OpenAPI 3.1',
        response: { 200: Type.Object({}, { additionalProperties: true, examples: [{ openapi: '3.1.0' }] }) }
      }
    },
    async () => app.openapi.document()
  )
}
export default descriptionRoutes
