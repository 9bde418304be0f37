import type { CreateClient, Outcome } from '../client.ts'
import * as api from '../generated/api.ts'

type Answer = { status: number; data: unknown }
type Done = 200 | 201 | 202
type DataOf<A extends Answer> = Extract<A, { status: Done }>['data']

const isDone = <A extends Answer>(answer: A): answer is Extract<A, { status: Done }> =>
  answer.status >= 200 && answer.status < 300
const isError = (value: unknown): value is api.ErrorReply =>
  typeof value === 'object' && value !== null && 'code' in value

async function outcome<A extends Answer>(call: Promise<A>): Promise<Outcome<DataOf<A>>> {
  const answer = await call
  if (isDone(answer)) return { ok: true, data: answer.data }
  const { status, data } = answer
  const error: unknown = data instanceof Blob ? JSON.parse(await data.text()) : data
  if (!isError(error)) throw new Error(`${status} without the envelope of an error`)
  return { ok: false, status, ...error }
}

// The base URL is part of the generated code.
export const createClient: CreateClient = () => {
  let token: string | null = null
  const options = () => (token === null ? {} : { headers: { authorization: `Bearer ${token}` } })
  return {
    useToken(next) {
      token = next
    },
    status: () => outcome(api.getAuthStatus(options())),
    setUp: (body) => outcome(api.setupOwner(body)),
    login: (body) => outcome(api.login(body)),
    confirm: (body) => outcome(api.confirmSession(body, options())),
    beginTotp: () => outcome(api.setupTotp({}, options())),
    enableTotp: (code) => outcome(api.enableTotp({ code }, options())),
    system: () => outcome(api.getSystem(options())),
    mintToken: (body) => outcome(api.mintApiToken(body, options())),
    listTokens: () => outcome(api.listApiTokens({}, options())),
    revokeToken: (id) => outcome(api.revokeApiToken(id, options())),
    uploadAvatar: (file) => outcome(api.uploadAvatarWithFormData({ file }, options())),
    downloadAvatar: () => outcome(api.getAvatar(options())),
    createUser: (body) => outcome(api.createUser(body, options())),
    renameUser: (id, display_name) => outcome(api.changeUser(id, { display_name }, options())),
    removeUser: (id) => outcome(api.removeUser(id, options())),
    sslStatus: () => outcome(api.getSslStatus(options())),
    logs: (limit) => outcome(api.listLogs({ limit }, options())),
    history: (timeframe) => outcome(api.getNodeMetrics({ timeframe }, options()))
  }
}
