import fp from 'fastify-plugin'

// A day's worth would be cut to two hours by Chromium.
const MAX_AGE_S = 7200

const exposed = ['ratelimit', 'ratelimit-policy', 'retry-after', 'x-request-id'].join(', ')
const preflight = {
  'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
  'access-control-allow-headers': 'authorization, content-type',
  'access-control-max-age': String(MAX_AGE_S)
}

/**
 * Pages of the origins in MONITOR_CORS_ORIGINS may call the API with a token of theirs and read the answers, refusals
 * included; never with our cookie (docs/decisions/0017). Without such origins there is nothing of this.
 */
export default fp(
  async (app) => {
    const origins = new Set(app.config.corsOrigins)
    if (origins.size === 0) return

    // In the place of the other gates: a preflight carries no token, so it is answered before the guard, and like
    // everything else after bans, limits and host.
    app.addHook('onRequest', function cors(request, reply, done) {
      const { origin = '' } = request.headers
      const isPreflight = request.method === 'OPTIONS' && 'access-control-request-method' in request.headers
      if (!isPreflight || !origins.has(origin) || request.routeOptions.config?.isStatic) return done()
      reply.headers(preflight).code(204).send()
    })

    // On the way out, so that what the gates before this one refuse can be read, too.
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
