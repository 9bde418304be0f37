import { call, describeWait, explain } from './api.js'
import { createSetup, createSignIn } from './gate.js'
import { createViewer } from './viewer.js'

const byId = (id) => document.getElementById(id)
const views = ['wait', 'problem', 'setup', 'login', 'reference']

// Nowhere but here: neither storage nor a cookie, so that closing or reloading the page forgets it.
let token = null
let status = null
let viewer = null

function show(name, focus = byId(`view-${name}`).querySelector('h1')) {
  for (const view of views) byId(`view-${view}`).hidden = view !== name
  document.querySelector('main').classList.toggle('full', name === 'reference')
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
  if (!viewer) {
    show('wait')
    byId('wait-text').textContent = 'Loading the reference…'
    const spec = await call('api/openapi.json', { token })
    viewer = await createViewer({ spec, domNode: byId('swagger'), token: () => token, onRefused })
  }
  viewer.authorize()
  show('reference')
}

const ended = new Set(['TOKEN_INVALID', 'TOKEN_MISSING', 'SETUP_REQUIRED'])

/** Whatever was tried out just now: the token may be over, or the state of the host another one. */
function onRefused(code) {
  if (ended.has(code)) void start('Your session has ended. Sign in again.')
}

async function enter(newToken, who) {
  token = newToken
  byId('who').textContent = who
  try {
    if (status.auth_enabled !== true) status = await call('api/auth/status', { token })
    await showReference()
  } catch (problem) {
    if (problem.code === 'TOKEN_INVALID') showSignIn(explain(problem))
    else showProblem(problem)
  }
}

const setup = createSetup({
  onDone: (newToken, user) => enter(newToken, user.display_name),
  onSkipped: () => start(),
  onLate: () => start('Somebody has finished the setup meanwhile. Sign in.')
})
createSignIn({ onDone: (newToken, user) => enter(newToken, user?.display_name ?? 'API token') })

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
byId('sign-out').addEventListener('click', () => location.reload())
void start()
