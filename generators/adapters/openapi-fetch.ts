import createFetchClient from 'openapi-fetch'
import type { CreateClient, Outcome } from '../client.ts'
import type { components, paths } from '../generated/schema.ts'

interface Answer<T> {
  data?: T
  error?: components['schemas']['ErrorReply']
  response: Response
}

async function outcome<T>(call: Promise<Answer<T>>): Promise<Outcome<T>> {
  const { data, error, response } = await call
  if (error !== undefined) return { ok: false, status: response.status, ...error }
  if (data === undefined) throw new Error(`${response.status} without a body`)
  return { ok: true, data }
}

export const createClient: CreateClient = (baseUrl) => {
  let token: string | null = null
  const client = createFetchClient<paths>({ baseUrl })
  client.use({
    onRequest({ request }) {
      if (token !== null) request.headers.set('authorization', `Bearer ${token}`)
    }
  })
  return {
    useToken(next) {
      token = next
    },
    status: () => outcome(client.GET('/api/auth/status')),
    setUp: (body) => outcome(client.POST('/api/auth/setup', { body })),
    login: (body) => outcome(client.POST('/api/auth/login', { body })),
    confirm: (body) => outcome(client.POST('/api/auth/confirm', { body })),
    beginTotp: () => outcome(client.POST('/api/auth/totp/setup', { body: {} })),
    enableTotp: (code) => outcome(client.POST('/api/auth/totp/enable', { body: { code } })),
    system: () => outcome(client.GET('/api/system')),
    mintToken: (body) => outcome(client.POST('/api/auth/generate-api-token', { body })),
    listTokens: () => outcome(client.GET('/api/auth/api-tokens')),
    revokeToken: (id) => outcome(client.DELETE('/api/auth/api-tokens/{id}', { params: { path: { id } } })),
    uploadAvatar: (file) =>
      outcome(
        client.POST('/api/auth/profile/avatar', {
          body: { file },
          bodySerializer() {
            const form = new FormData()
            form.set('file', file)
            return form
          }
        })
      ),
    downloadAvatar: () => outcome(client.GET('/api/auth/profile/avatar', { parseAs: 'blob' })),
    createUser: (body) => outcome(client.POST('/api/users', { body })),
    renameUser: (id, display_name) =>
      outcome(client.PATCH('/api/users/{id}', { params: { path: { id } }, body: { display_name } })),
    removeUser: (id) => outcome(client.DELETE('/api/users/{id}', { params: { path: { id } } })),
    sslStatus: () => outcome(client.GET('/api/ssl/status')),
    logs: (limit) => outcome(client.GET('/api/logs', { params: { query: { limit } } })),
    history: (timeframe) => outcome(client.GET('/api/node/metrics', { params: { query: { timeframe } } }))
  }
}
