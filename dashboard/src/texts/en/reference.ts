/** The page at /api/docs. */
export const reference = {
  title: 'API reference',
  at: (version: string, address: string) => `Version ${version} at ${address}.`,
  lead: 'Open a route and press “Try it out” to run it on this host. Routes marked “token” need a login. The code of an error is stable; its message is not.',
  routes: 'Routes',
  useToken: 'Use an API token instead',
  token: 'API token',
  tokenHint: 'The page forgets it when you leave or reload.',
  tokenFault: 'This token is not valid here: mistyped, expired or revoked.',
  submit: 'Use this token',
  needsToken: 'token',
  body: (route: string) => `Request body of ${route}`,
  answers: (route: string) => `Responses of ${route}`,
  examples: (route: string) => `Example for ${route}`,
  schema: 'Schema'
}
