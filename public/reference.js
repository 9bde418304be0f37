import { call, describeWait, explain, root } from './api.js'
import { createSetup, createSignIn } from './gate.js'
import { createViewer } from './viewer.js'

const byId = (id) => document.getElementById(id)
const views = ['wait', 'problem', 'setup', 'login', 'reference']

// Nowhere but here: neither storage nor a cookie, so that closing or reloading the page forgets it.
let token = null
let isSession = false
let status = null
let isRendered = false

function show(name, focus = byId(`view-${name}`).querySelector('h1')) {
  for (const view of views) byId(`view-${view}`).hidden = view !== name
  byId('account').hidden = name !== 'reference' || token === null
  focus?.focus()
}

function showProblem(problem) {
  show('problem')
  const wait = problem.retryAfter ? ` Try again in ${describeWait(problem.retryAfter)}.` : ''
  byId('problem-text').textContent = explain(problem) + wait
}

function showSignIn(note) {
  token = null
  if (note) byId('login-note').textContent = note
  show('login', byId('login-username'))
}

const openStates = {
  declined: 'This host is open to everyone on this network: nobody is asked for a password.',
  disabled:
    'Protection is switched off in auth.json: everyone on this network can use this API. POST /api/auth/enable, with the owner’s password, switches it on again.'
}

async function showReference() {
  const isOpen = !status.auth_enabled
  byId('open-notice').hidden = !isOpen
  byId('open-text').textContent = isOpen ? openStates[status.declined ? 'declined' : 'disabled'] : ''
  byId('open-setup').hidden = !status.declined
  if (!isRendered) {
    show('wait')
    byId('wait-text').textContent = 'Loading the reference…'
    const spec = await call('api/openapi.json', { token })
    byId('version').textContent = spec.info.version
    byId('server').textContent = root.href.replace(/\/$/, '')
    await createViewer({ spec, domNode: byId('swagger'), token: () => token, onRefused })
    isRendered = true
  }
  show('reference')
}

const ended = new Set(['TOKEN_INVALID', 'TOKEN_MISSING', 'SETUP_REQUIRED'])

/** Whatever was tried out just now: the token may be over, or the state of the host another one. */
function onRefused(code) {
  if (ended.has(code)) void start('Your session has ended. Sign in again.')
}

async function enter(newToken, user) {
  token = newToken
  isSession = user !== null
  byId('who').textContent = user?.display_name ?? 'API token'
  try {
    if (status.auth_enabled !== true) status = await call('api/auth/status', { token })
    await showReference()
  } catch (problem) {
    if (problem.code === 'TOKEN_INVALID') showSignIn(explain(problem))
    else showProblem(problem)
  }
}

const setup = createSetup({
  onDone: enter,
  onSkipped: () => start(),
  onLate: () => start('Somebody has finished the setup meanwhile. Sign in.')
})
createSignIn({ onDone: enter })

async function start(note) {
  token = null
  try {
    status = await call('api/auth/status')
    if (!status.configured) showSetup()
    else if (status.auth_enabled) showSignIn(note)
    else await showReference()
  } catch (problem) {
    showProblem(problem)
  }
}

function showSetup() {
  setup.prepare(status)
  show('setup', byId('setup-username'))
}

byId('open-setup').addEventListener('click', showSetup)
byId('problem-retry').addEventListener('click', () => start())
byId('sign-out').addEventListener('click', async () => {
  // An API token stays good for whoever else uses it; a session ends. Where that fails, the page forgets it all the same.
  if (isSession) await call('api/auth/logout', { token, body: {} }).catch(() => {})
  location.reload()
})
void start()
