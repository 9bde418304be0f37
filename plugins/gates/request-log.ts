import fp from 'fastify-plugin'

// One line a request, when it is answered: Fastify's own two cost twice as much and carry the query string, in which a
// client of the older terminal protocol sends its ticket.
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
