import fp from 'fastify-plugin'
import type { Config } from '../../schemas/foundation/config.ts'

declare module 'fastify' {
  interface FastifyInstance {
    config: Readonly<Config>
  }
}

export interface ConfigOptions {
  config: Config
}

export default fp<ConfigOptions>(
  async (app, { config }) => {
    app.decorate('config', Object.freeze({ ...config }))
  },
  { name: 'config' }
)
