import { call, describeWait, explain } from './api.js'

const REFRESH_S = 30

const byId = (id) => document.getElementById(id)

// A text is only written when it changed: a live region would be read aloud again every half minute.
function write(id, text) {
  const element = byId(id)
  if (element.textContent !== text) element.textContent = text
}

function writePill(id, tone, text) {
  byId(id).className = `pill ${tone}`
  write(id, text)
}

const protections = {
  unconfigured: {
    tone: 'warn',
    label: 'Not protected yet',
    text: 'Nobody has set a password on this host. Do that first: until then the API answers nobody, and whoever comes first may decide.',
    action: 'Protect this host'
  },
  enabled: {
    tone: 'good',
    label: 'Protected',
    text: 'Whoever wants more than this page signs in, or brings an API token.',
    action: 'Sign in to the API'
  },
  declined: {
    tone: 'bad',
    label: 'Open to everyone on this network',
    text: 'On first launch somebody chose to go without protection. Whoever reaches this port can use the whole API, without a password.',
    action: 'Set a password after all'
  },
  disabled: {
    tone: 'bad',
    label: 'Protection is switched off',
    text: 'There is a password, but auth.json on this host says that it is not asked for. Whoever reaches this port can use the whole API.',
    action: 'Open the API reference'
  }
}

function protectionOf({ configured, auth_enabled: enabled, declined }) {
  if (!configured) return 'unconfigured'
  if (enabled) return 'enabled'
  return declined ? 'declined' : 'disabled'
}

function showProtection(status) {
  const { tone, label, text, action } = protections[protectionOf(status)]
  writePill('protection', tone, label)
  write('protection-text', text)
  write('protection-action', action)
  byId('protection-action').classList.toggle('primary', !status.configured)
  byId('protection-action').hidden = false
  byId('proxy').hidden = !status.untrusted_proxy
  write('proxy-address', status.untrusted_proxy ?? '')
}

const verdicts = {
  healthy: ['good', 'Healthy'],
  warning: ['warn', 'Warning'],
  critical: ['bad', 'Critical']
}

function showHost({ hostname, uptime, uptime_seconds: seconds, health }) {
  const [tone, label] = verdicts[health.status] ?? ['', 'Health unknown']
  byId('hostname').classList.remove('waiting')
  write('hostname', hostname)
  document.title = `${hostname} · ProxMenux Monitor`
  writePill('health', tone, label)
  write('summary', health.summary)
  write('uptime', uptime ?? 'Unknown')
  write(
    'since',
    seconds === null ? 'This host does not say when it was started.' : `Started ${describeStart(seconds)}.`
  )
}

// To the minute, so that it does not flicker by a second from one answer to the next.
const describeStart = (seconds) =>
  new Date(Math.round((Date.now() - seconds * 1000) / 60_000) * 60_000).toLocaleString([], {
    dateStyle: 'medium',
    timeStyle: 'short'
  })

let timer
let answeredAt = null
let running = false

function showProblem(problem, waitS) {
  byId('problem').hidden = problem === null
  write('problem-text', problem === null ? '' : `${explain(problem)} Trying again in ${describeWait(waitS)}.`)
  if (problem !== null && answeredAt === null) {
    byId('hostname').classList.remove('waiting')
    write('hostname', 'This host')
    write('protection-text', 'This could not be asked.')
  }
  const time = answeredAt?.toLocaleTimeString()
  write('updated', time ? `${problem ? 'Last answer' : 'Updated'} ${time}` : 'No answer yet')
}

async function refresh() {
  if (running) return
  running = true
  clearTimeout(timer)
  const [status, host] = await Promise.allSettled([call('api/auth/status'), call('api/system-info')])
  running = false
  if (status.status === 'fulfilled') showProtection(status.value)
  if (host.status === 'fulfilled') showHost(host.value)
  const problem = [status, host].find(({ status }) => status === 'rejected')?.reason ?? null
  if (problem === null) answeredAt = new Date()
  const waitS = Math.max(REFRESH_S, problem?.retryAfter ?? 0)
  showProblem(problem, waitS)
  if (!document.hidden) timer = setTimeout(refresh, waitS * 1000)
}

// Nobody looks at a hidden tab, and all behind one address share one rate limit.
document.addEventListener('visibilitychange', () => {
  clearTimeout(timer)
  if (!document.hidden) void refresh()
})
byId('retry').addEventListener('click', refresh)
void refresh()
