import { api } from '../../../api/client.ts'
import type { Reply } from '../../../api/paths.ts'
import { texts } from '../../../texts/gateway.ts'
import { lookUp } from '../../../texts/look-up.ts'

export type Status = Reply<'/api/gateway'>
export type Job = NonNullable<Status['job']>
export type Options = Reply<'/api/gateway/options'>
export type Update = Reply<'/api/gateway/update'>

/** The pages of Tailscale on which auth keys are created. */
export const KEYS_PAGE = 'https://login.tailscale.com/admin/settings/keys'
export const LOG_LINES = 200

/** Proxmox VE's programs answer within seconds, a package repository within a minute or two. */
const PROGRAMS_MS = 60_000
const REPOSITORY_MS = 120_000

export const loadStatus = (signal: AbortSignal) => api.get('/api/gateway', { signal })
export const loadOptions = (signal: AbortSignal) => api.get('/api/gateway/options', { signal, timeoutMs: PROGRAMS_MS })
export const loadLog = (signal: AbortSignal) =>
  api.get('/api/gateway/logs', { signal, timeoutMs: PROGRAMS_MS, query: { lines: LOG_LINES } })
export const checkUpdate = () => api.get('/api/gateway/update', { query: { force: true }, timeoutMs: REPOSITORY_MS })
export const deploy = (body: Parameters<typeof api.post<'/api/gateway'>>[1]['body']) =>
  api.post('/api/gateway', { body, timeoutMs: PROGRAMS_MS })
export const renewKey = (authKey: string) => api.post('/api/gateway/auth-key', { body: { auth_key: authKey } })
export const begin = (kind: 'start' | 'stop' | 'restart' | 'update') => api.post(`/api/gateway/${kind}`)
export const remove = () => api.delete('/api/gateway')

/** As the API checks it. */
export const isAuthKey = (text: string): boolean => /^tskey-[A-Za-z0-9_-]{8,200}$/.test(text)
export const isHostname = (text: string): boolean => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(text)

/** The job, if it runs. */
export const runningOf = (job: Job | null): Job | null => (job !== null && job.ended_at == null ? job : null)

/** The newer of the job that this page has begun and the one that the host knows. */
export const newestJob = (begun: Job | null, known: Job | null): Job | null =>
  begun !== null && (known === null || (known.id !== begun.id && known.started_at < begun.started_at)) ? begun : known

export const nameOfStep = ({ kind }: Job, name: string): string =>
  lookUp(texts.job.steps, `${kind}/${name}`) ?? lookUp(texts.job.steps, name) ?? name
