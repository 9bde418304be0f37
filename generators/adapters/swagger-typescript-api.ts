import type { CreateClient, Outcome } from '../client.ts'
import { Api, type ErrorReply, type HttpResponse } from '../generated/api.ts'

// The generated client throws the answer of a refusal.
async function outcome<T>(call: Promise<HttpResponse<T, unknown>>): Promise<Outcome<T>> {
  try {
    return { ok: true, data: (await call).data }
  } catch (thrown) {
    if (!(thrown instanceof Response)) throw thrown
    const { status }: Response = thrown
    const error: ErrorReply = 'error' in thrown && isError(thrown.error) ? thrown.error : await thrown.json()
    return { ok: false, status, ...error }
  }
}

const isError = (value: unknown): value is ErrorReply => typeof value === 'object' && value !== null && 'code' in value

export const createClient: CreateClient = (baseUrl) => {
  const { api, setSecurityData } = new Api<string>({
    baseUrl,
    securityWorker: (token) => (token === null ? {} : { headers: { authorization: `Bearer ${token}` } })
  })
  return {
    useToken: (token) => setSecurityData(token),
    status: () => outcome(api.getAuthStatus()),
    setUp: (body) => outcome(api.setupOwner(body)),
    login: (body) => outcome(api.login(body)),
    confirm: (body) => outcome(api.confirmSession(body)),
    beginTotp: () => outcome(api.setupTotp({})),
    enableTotp: (code) => outcome(api.enableTotp({ code })),
    system: () => outcome(api.getSystem()),
    mintToken: (body) => outcome(api.mintApiToken(body)),
    listTokens: () => outcome(api.listApiTokens({})),
    revokeToken: (id) => outcome(api.revokeApiToken(id)),
    uploadAvatar: (file) => outcome(api.uploadAvatar({ file })),
    downloadAvatar: () => outcome(api.getAvatar()),
    createUser: (body) => outcome(api.createUser(body)),
    renameUser: (id, display_name) => outcome(api.changeUser(id, { display_name })),
    removeUser: (id) => outcome(api.removeUser(id)),
    sslStatus: () => outcome(api.getSslStatus()),
    logs: (limit) => outcome(api.listLogs({ limit })),
    history: (timeframe) => outcome(api.getNodeMetrics({ timeframe }))
  }
}
