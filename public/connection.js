import { call, describeWait, explain, root } from './api.js'
import { makeLine, showReport } from './connection-report.js'
import { tryWebSocket } from './connection-socket.js'
import { createConfirmation, createSignIn } from './gate.js'

const TRIAL_S = 60
const UPGRADE_LINES = ['proxy_set_header Upgrade $http_upgrade;', 'proxy_set_header Connection "upgrade";']

const byId = (id) => document.getElementById(id)
const views = ['wait', 'problem', 'login', 'report']

// Nowhere but here, as on the other pages.
let token = null
let report = null
let socketFailed = false

function show(name, focus = byId(`view-${name}`).querySelector('h1')) {
  for (const view of views) byId(`view-${view}`).hidden = view !== name
  byId('account').hidden = name !== 'report' || token === null
  focus?.focus()
}

function write(id, text, tone) {
  const element = byId(id)
  if (tone !== undefined) element.className = `${element.classList[0]} ${tone}`
  if (element.textContent !== text) element.textContent = text
}

const describe = (problem) => {
  const wait = problem.retryAfter ? ` Try again in ${describeWait(problem.retryAfter)}.` : ''
  return explain(problem) + wait
}
const isOver = ({ code }) => code === 'TOKEN_INVALID' || code === 'TOKEN_MISSING'

function showProblem(problem) {
  byId('problem-setup').hidden = true
  write('problem-text', describe(problem))
  show('problem')
}

function showSignIn(note) {
  token = null
  stopCountdown()
  if (note) write('login-note', note)
  show('login', byId('login-username'))
}

/** What the page cannot go on after: a session that is over asks to sign in, everything else is shown in `report`. */
function onRefused(problem) {
  if (isOver(problem)) showSignIn('Your session has ended. Sign in again.')
  else write('note', describe(problem), 'bad')
}

const count = (severity) => report.problems.filter((problem) => problem.severity === severity).length
const many = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`

function showVerdict() {
  const faults = count('error') + (socketFailed ? 1 : 0)
  const warnings = count('warning')
  const seen = `This host takes you for ${report.client_address}, over ${report.scheme === 'https' ? 'HTTPS' : 'plain HTTP'}.`
  if (faults > 0) write('verdict', many(faults, 'fault'), 'bad')
  else if (warnings > 0) write('verdict', many(warnings, 'warning'), 'warn')
  else write('verdict', 'All is well', 'good')
  write('verdict-text', seen)
}

async function examine() {
  report = await call(`api/security/connection?page=${encodeURIComponent(root.href)}`, { token })
  showReport(report, token === null ? null : trust)
  showVerdict()
  write('checked', `Checked ${new Date().toLocaleTimeString()}.`)
}

async function probe() {
  byId('socket-fix').hidden = true
  byId('socket-retry').hidden = true
  write('socket', 'Trying', '')
  if (token === null) {
    write('socket', 'Not tried', '')
    write('socket-text', 'It takes a ticket, and those are for who is signed in: set a password first.')
    return
  }
  write('socket-text', 'Opening one, and sending a message there and back.')
  let outcome
  try {
    outcome = await tryWebSocket(token)
  } catch (problem) {
    if (isOver(problem)) return onRefused(problem)
    write('socket', 'Not tried', 'warn')
    write('socket-text', describe(problem))
    byId('socket-retry').hidden = false
    return
  }
  socketFailed = outcome.ms === undefined
  showVerdict()
  byId('socket-retry').hidden = false
  if (!socketFailed) {
    write('socket', 'Works', 'good')
    write('socket-text', `A message went there and back in ${Math.max(1, Math.round(outcome.ms))} ms.`)
    return
  }
  write('socket', 'Fails', 'bad')
  byId('socket-fix').hidden = false
  const isForeign = report.problems.some(({ code }) => code === 'HOST_MISMATCH')
  const failures = {
    handshake: `None could be opened, so the terminal and live values cannot work. ${isForeign ? 'First mend the host above: this host takes the page for another site’s. If that was not it, what' : 'What'} stands before this host does not pass the upgrade on. In Nginx these two lines do:`,
    echo: 'One was opened, but no message came back. Something in between holds it up. In Nginx these two lines belong to it:'
  }
  write('socket-text', failures[outcome.stage])
}
byId('socket-fix').append(...UPGRADE_LINES.map((line) => makeLine(line, 'WebSocket')))

// A change that waits to be kept

let countdown
function stopCountdown() {
  clearInterval(countdown)
  byId('pending').hidden = true
}

const settings = {
  trusted_proxies: ['The trusted proxies were changed', 'If what you see below is right, keep it.'],
  tls: ['HTTPS was switched', 'If you read this over the new connection, keep it.'],
  allowed_ips: ['A list of allowed addresses was changed', 'If it lets in whom it should, keep it.']
}

function showPending({ setting, seconds_left: seconds }) {
  const [title, text] = settings[setting] ?? [`The setting ${setting} was changed`, 'Keep it if all works.']
  const until = Date.now() + seconds * 1000
  write('pending-title', title)
  write('pending-text', text)
  stopCountdown()
  byId('pending').hidden = false
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000)
    write('pending-left', describeWait(Math.max(0, left)))
    if (left > -1) return
    stopCountdown()
    write('note', 'Nobody kept the change, so it was taken back.', 'warn')
    void again()
  }
  countdown = setInterval(tick, 500)
  tick()
}

async function readPending() {
  const { pending } = await call('api/security/confirm-change', { token })
  if (pending) showPending(pending)
  else stopCountdown()
  return pending
}

async function settle(method, done) {
  const buttons = [byId('pending-keep'), byId('pending-back')]
  for (const button of buttons) button.disabled = true
  try {
    await call('api/security/confirm-change', { token, method, ...(method === 'POST' && { body: {} }) })
    write('note', done, 'good')
  } catch (problem) {
    onRefused(problem)
  }
  for (const button of buttons) button.disabled = false
  if (token !== null) await again()
  if (token !== null) byId('report-title').focus()
}

// Trusting a proxy

const confirmation = createConfirmation()

async function setProxies(proxies) {
  const body = { proxies, confirm_within: TRIAL_S }
  const put = () => call('api/security/trusted-proxies', { token, method: 'PUT', body })
  try {
    return await put()
  } catch (problem) {
    if (problem.code !== 'STEP_UP_REQUIRED') throw problem
    return (await confirmation.ask(token, problem.needs)) ? put() : null
  }
}

async function trust(address, button) {
  write('note', '', '')
  button.disabled = true
  try {
    const { added } = await call('api/security/trusted-proxies', { token })
    if (await setProxies([...new Set([...added, address])])) {
      // Before anything is asked again, for it may be that nothing answers any more.
      showPending({ setting: 'trusted_proxies', seconds_left: TRIAL_S })
      await again()
      byId('pending-keep').focus()
    }
  } catch (problem) {
    onRefused(problem)
  }
  button.disabled = false
}

// The page

/** Looks again; what goes wrong with that is told where one is. */
async function again() {
  byId('again').disabled = true
  try {
    await examine()
    if (token !== null) await readPending()
  } catch (problem) {
    onRefused(problem)
  }
  byId('again').disabled = false
}

async function enter(newToken, user) {
  token = newToken
  write('who', user?.display_name ?? '')
  // Hidden, for password managers; as the default, so that emptying the form leaves it.
  byId('confirm-username').defaultValue = user?.username ?? ''
  write('note', '', '')
  show('wait')
  try {
    await examine()
    if (token !== null) await readPending()
  } catch (problem) {
    if (isOver(problem)) return showSignIn(explain(problem))
    return showProblem(problem)
  }
  show('report')
  await probe()
}

async function start() {
  token = null
  try {
    const status = await call('api/auth/status')
    if (!status.configured) {
      write('problem-text', 'Nobody has set a password on this host yet. Do that first.')
      byId('problem-setup').hidden = false
      show('problem')
    } else if (status.auth_enabled) showSignIn()
    else await enter(null, null)
  } catch (problem) {
    showProblem(problem)
  }
}

createSignIn({ onDone: enter })
byId('problem-retry').addEventListener('click', start)
byId('socket-retry').addEventListener('click', probe)
byId('pending-keep').addEventListener('click', () => settle('POST', 'The change is kept.'))
byId('pending-back').addEventListener('click', () => settle('DELETE', 'The change was taken back.'))
byId('again').addEventListener('click', async () => {
  write('note', '', '')
  await again()
  if (report !== null && !byId('view-report').hidden) await probe()
})
byId('sign-out').addEventListener('click', async () => {
  await call('api/auth/logout', { token, body: {} }).catch(() => {})
  location.reload()
})
void start()
