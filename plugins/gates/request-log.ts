import fp from 'fastify-plugin'

// One line per answered request. Fastify's two lines cost twice as much and include the query string, where clients of
// the older terminal protocol send their ticket.
export default fp(
  async (app) => {
    app.addHook('onResponse', (request, reply, done) => {
      const query = request.url.indexOf('?')
      request.log.info(
        {
          method: request.method,
          path: query === -1 ? request.url : request.url.slice(0, query),
          status: reply.statusCode,
          ms: Math.round(reply.elapsedTime * 10) / 10,
          rhost: request.clientIp
        },
        'request'
      )
      done()
    })
  },
  { name: 'request-log', dependencies: ['client-ip'] }
)
