import fp from 'fastify-plugin'

// Chromium caps longer times at two hours.
const MAX_AGE_S = 7200

const exposed = ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'].join(', ')
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': String(MAX_AGE_S)
}

/**
 * Pages of the origins in MONITOR_CORS_ORIGINS may call the API with their own token and read all answers, including
 * errors, but never with the refresh cookie (docs/decisions/0017). Without such origins CORS is off.
 */
export default fp(
  async (app) => {
    const origins = new Set(app.config.corsOrigins)
    if (origins.size === 0) return

    // A preflight carries no token, so it is answered before the guard, but after bans, limits and the host check.
    app.addHook('onRequest', function cors(request, reply, done) {
      const { origin = '' } = request.headers
      const isPreflight = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers
      if (!isPreflight || !origins.has(origin) || request.routeOptions.config?.isStatic) return done()
      reply.headers(preflight).code(204).send()
    })

    // In onSend, so that pages can also read refusals by earlier gates.
    app.addHook('onSend', (request, reply, _payload, done) => {
      if (request.routeOptions.config?.isStatic) return done()
      const vary = reply.getHeader('vary')
      reply.header('vary', vary === undefined ? 'Origin' : `${vary}, Origin`)
      const { origin = '' } = request.headers
      if (origins.has(origin)) {
        reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', exposed)
      }
      done()
    })
  },
  { name: 'cors', dependencies: ['config'] }
)
