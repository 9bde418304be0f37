import fp from 'fastify-plugin'

// All resources come from this origin. Inline styles are allowed because the library of the reference page uses them.
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "object-src 'none'"
].join('; ')

const headers = {
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), serial=(), usb=()'
}

const apiHeaders = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store'
}

// Before all other gates, so that refusals carry the headers too.
export default fp(
  async (app) => {
    // Without includeSubDomains: other operators may run the subdomains.
    const hsts = app.config.hsts > 0 ? `max-age=${app.config.hsts}` : null
    app.addHook('onRequest', function replyHeaders(request, reply, done) {
      reply.headers(request.routeOptions.config?.isStatic ? headers : apiHeaders)
      reply.header('x-request-id', request.id)
      // Not over plain HTTP (RFC 6797, 7.2).
      if (hsts !== null && request.client.scheme === 'https') reply.header('strict-transport-security', hsts)
      done()
    })
  },
  { name: 'reply-headers', dependencies: ['config', 'client-ip'] }
)
