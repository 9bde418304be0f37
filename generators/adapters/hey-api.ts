import type { CreateClient, Outcome } from '../client.ts'
import { createConfig, createClient as createFetchClient } from '../generated/client/index.ts'
import * as api from '../generated/sdk.gen.ts'
import type { ErrorReply } from '../generated/types.gen.ts'

interface Answer<T> {
  data?: T
  error?: ErrorReply
  response?: Response
}

async function outcome<T>(call: Promise<Answer<T>>): Promise<Outcome<T>> {
  const { data, error, response } = await call
  if (!response) throw new Error('no answer')
  if (error !== undefined) return { ok: false, status: response.status, ...error }
  if (data === undefined) throw new Error(`${response.status} without a body`)
  return { ok: true, data }
}

export const createClient: CreateClient = (baseUrl) => {
  let token: string | null = null
  const client = createFetchClient(createConfig({ baseUrl, auth: () => token ?? undefined }))
  return {
    useToken(next) {
      token = next
    },
    status: () => outcome(api.getAuthStatus({ client })),
    setUp: (body) => outcome(api.setupOwner({ client, body })),
    login: (body) => outcome(api.login({ client, body })),
    confirm: (body) => outcome(api.confirmSession({ client, body })),
    beginTotp: () => outcome(api.setupTotp({ client, body: {} })),
    enableTotp: (code) => outcome(api.enableTotp({ client, body: { code } })),
    system: () => outcome(api.getSystem({ client })),
    mintToken: (body) => outcome(api.mintApiToken({ client, body })),
    listTokens: () => outcome(api.listApiTokens({ client })),
    revokeToken: (id) => outcome(api.revokeApiToken({ client, path: { id } })),
    uploadAvatar: (file) => outcome(api.uploadAvatar({ client, body: { file } })),
    downloadAvatar: () => outcome(api.getAvatar({ client, parseAs: 'blob' })),
    createUser: (body) => outcome(api.createUser({ client, body })),
    renameUser: (id, display_name) => outcome(api.changeUser({ client, path: { id }, body: { display_name } })),
    removeUser: (id) => outcome(api.removeUser({ client, path: { id } })),
    sslStatus: () => outcome(api.getSslStatus({ client })),
    logs: (limit) => outcome(api.listLogs({ client, query: { limit } })),
    history: (timeframe) => outcome(api.getNodeMetrics({ client, query: { timeframe } }))
  }
}
