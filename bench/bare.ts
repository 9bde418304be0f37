import { flushCompileCache } from 'node:module'
import Fastify from 'fastify'

// The minimal Fastify server: no plugin, one constant answer. bench/start.ts compares its start with the daemon's.
const [port] = process.argv.slice(2)

const app = Fastify()
app.get('/api/auth/status', async () => ({ auth_configured: true }))
await app.listen({ host: '127.0.0.1', port: Number(port) })
setImmediate(flushCompileCache)
