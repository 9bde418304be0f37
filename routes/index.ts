import type { FastifyPluginAsync } from 'fastify'
import descriptionRoutes from './description.ts'
import firstLaunchRoutes from './first-launch.ts'
import loginRoutes from './login.ts'
import pageRoutes from './pages.ts'
import passwordRoutes from './password.ts'
import profileRoutes from './profile.ts'
import sessionRoutes from './session.ts'
import systemRoutes from './system.ts'

/** The URL map. */
const routes: FastifyPluginAsync = async (app) => {
  await app.register(loginRoutes, { prefix: '/api/auth' })
  await app.register(firstLaunchRoutes, { prefix: '/api/auth' })
  await app.register(sessionRoutes, { prefix: '/api/auth' })
  await app.register(passwordRoutes, { prefix: '/api/auth' })
  await app.register(profileRoutes, { prefix: '/api/auth' })
  await app.register(systemRoutes, { prefix: '/api', version: app.openapi.version, endpoints: app.openapi.paths })
  await app.register(descriptionRoutes, { prefix: '/api' })
  await app.register(pageRoutes)
}
export default routes
