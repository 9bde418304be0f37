import { call, describeWait, explain, Problem } from './api.js'

const byId = (id) => document.getElementById(id)

for (const button of document.querySelectorAll('[data-reveals]')) {
  const input = byId(button.dataset.reveals)
  button.addEventListener('click', () => {
    const shown = input.type === 'password'
    input.type = shown ? 'text' : 'password'
    button.textContent = shown ? 'Hide' : 'Show'
    button.setAttribute('aria-pressed', String(shown))
  })
}

/** A form left is a form emptied: no password stays in the page. */
function clear(form) {
  form.reset()
  for (const button of form.querySelectorAll('[data-reveals][aria-pressed="true"]')) button.click()
  form.querySelector('.message').textContent = ''
}

// The countdown ticks in the button, the message says it once: a live region that ticks would be read out each second.
function hold(button, seconds) {
  const label = button.textContent
  const until = Date.now() + seconds * 1000
  const tick = () => {
    const left = Math.ceil((until - Date.now()) / 1000)
    button.disabled = left > 0
    button.textContent = left > 0 ? `Wait ${describeWait(left)}` : label
    if (left > 0) setTimeout(tick, 1000)
  }
  tick()
}

function describeRefusal(problem) {
  const what = explain(problem)
  return problem.retryAfter === null ? what : `${what} Try again in ${describeWait(problem.retryAfter)}.`
}

/** Runs one attempt; shows its refusal in `message`, and keeps `button` from being pressed meanwhile. */
async function attempt(button, message, task, onRefusal = () => {}) {
  message.textContent = ''
  button.disabled = true
  try {
    const done = await task()
    button.disabled = false
    return done
  } catch (problem) {
    button.disabled = false
    if (onRefusal(problem) !== true) message.textContent = describeRefusal(problem)
    if (problem.retryAfter !== null) hold(button, problem.retryAfter)
    return null
  }
}

function onSubmit(form, run) {
  const button = form.querySelector('[type=submit]')
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (!button.disabled) run(Object.fromEntries(new FormData(form)), button, form.querySelector('.message'))
  })
}

/** Marks the fields that are wrong, and puts the cursor into the first of them. */
function mark(form, wrong) {
  for (const input of form.querySelectorAll('input')) input.toggleAttribute('aria-invalid', false)
  for (const input of wrong) input.setAttribute('aria-invalid', 'true')
  wrong[0]?.focus()
}

/** The first launch. `onDone(token, user)`; `onLate()` when somebody else has finished it meanwhile. */
export function createSetup({ onDone, onSkipped, onLate }) {
  const form = byId('setup-form')
  const dialog = byId('skip-dialog')

  const skipForm = byId('skip-form')

  // Both ways out of the first launch ask for it.
  const showCode = (shown) => {
    for (const name of ['setup-code', 'skip-code']) {
      byId(`${name}-field`).hidden = !shown
      byId(name).required = shown
    }
  }

  /** Without an owner the only credential there is to get wrong is the code. */
  const markCode = (within, id, message) => {
    showCode(true)
    mark(within, [byId(id)])
    message.textContent = 'The setup code is missing or wrong.'
    return true
  }

  onSubmit(form, async ({ username, password, setup_code: code, trust_proxy: trust }, button, message) => {
    const body = { username, password, ...(code && { setup_code: code }), ...(trust && { trust_proxy: true }) }
    mark(form, [])
    const done = await attempt(
      button,
      message,
      () => call('api/auth/setup', { body }),
      (problem) => {
        if (problem.code === 'ALREADY_CONFIGURED') onLate()
        if (problem.code === 'PASSWORD_POLICY') mark(form, [byId('setup-password')])
        if (problem.code === 'VALIDATION' && problem.details[0]?.path.endsWith('username')) return markUsername(message)
        return problem.code === 'CREDENTIALS' && markCode(form, 'setup-code', message)
      }
    )
    if (!done) return
    clear(form)
    onDone(done.token, done.user)
  })

  const markUsername = (message) => {
    mark(form, [byId('setup-username')])
    message.textContent =
      'The username takes 1 to 64 characters, none of them control characters, and no space at either end.'
    return true
  }

  byId('skip-open').addEventListener('click', () => {
    clear(skipForm)
    mark(skipForm, [])
    dialog.showModal()
  })
  byId('skip-back').addEventListener('click', () => dialog.close())
  onSubmit(skipForm, async ({ setup_code: code }, button, message) => {
    mark(skipForm, [])
    const skip = () => call('api/auth/skip', { body: code ? { setup_code: code } : {} })
    const done = await attempt(button, message, skip, (problem) => {
      if (problem.code === 'CREDENTIALS') return markCode(skipForm, 'skip-code', message)
      if (problem.code !== 'ALREADY_CONFIGURED') return false
      dialog.close()
      onLate()
      return true
    })
    if (!done) return
    dialog.close()
    clear(skipForm)
    clear(form)
    onSkipped()
  })

  return {
    /** `declined`: the decision is being revised, so that there is nothing to skip. */
    prepare({ declined, setup_code_required: codeRequired, untrusted_proxy: proxy }) {
      byId('setup-title').textContent = declined ? 'Set a password' : 'Protect your dashboard?'
      byId('skip-choice').hidden = declined
      showCode(codeRequired)
      byId('trust-field').hidden = !proxy
      byId('trust-address').textContent = proxy ?? ''
    }
  }
}

/** `onDone(token, user)`; the user is null where the token is an API token, which not every page takes. */
export function createSignIn({ onDone }) {
  const form = byId('login-form')
  const tokenForm = byId('token-form')
  const code = byId('login-code')

  const showCode = (shown) => {
    byId('login-code-field').hidden = !shown
    code.required = shown
  }

  onSubmit(form, async ({ username, password, totp_code: typed }, button, message) => {
    const body = { username, password, ...(typed && { totp_code: typed.trim() }) }
    mark(form, [])
    const done = await attempt(
      button,
      message,
      () => call('api/auth/login', { body }),
      (problem) => {
        if (problem.requiresTotp) {
          showCode(true)
          code.value = ''
          mark(form, problem.code === 'TOTP_INVALID' ? [code] : [])
          code.focus()
        }
        if (problem.code === 'CREDENTIALS') mark(form, [byId('login-password'), byId('login-username')])
      }
    )
    if (!done) return
    clear(form)
    showCode(false)
    onDone(done.token, done.user)
  })

  // A keyboard of digits cannot type the letters of a backup code.
  byId('login-letters').addEventListener('click', () => {
    code.inputMode = 'text'
    code.autocomplete = 'off'
    code.focus()
  })

  if (!tokenForm) return
  onSubmit(tokenForm, async ({ token: typed }, button, message) => {
    const token = typed.trim().replace(/^Bearer\s+/i, '')
    mark(tokenForm, [])
    const show = (problem) => {
      if (problem.status === 401) mark(tokenForm, [byId('token-value')])
    }
    const ask = () => {
      // A header takes no other characters; fetch would fail as if the network had.
      if (/[^\x21-\x7e]/.test(token)) throw new Problem('TOKEN_INVALID', { status: 401 })
      return call('api/openapi.json', { token })
    }
    const description = await attempt(button, message, async () => ask(), show)
    if (!description) return
    clear(tokenForm)
    onDone(token, null)
  })
}

/**
 * The password again, for what the API answers with STEP_UP_REQUIRED. `ask(token, needs)` resolves to whether it was
 * given.
 */
export function createConfirmation() {
  const dialog = byId('confirm-dialog')
  const form = byId('confirm-form')
  const code = byId('confirm-code')
  let token
  let settle

  const showCode = (shown) => {
    byId('confirm-code-field').hidden = !shown
    code.required = shown
  }

  onSubmit(form, async ({ password, totp_code: typed }, button, message) => {
    const body = { password, ...(typed && { totp_code: typed.trim() }) }
    mark(form, [])
    const done = await attempt(
      button,
      message,
      () => call('api/auth/confirm', { token, body }),
      (problem) => {
        if (problem.code === 'PASSWORD_INCORRECT') mark(form, [byId('confirm-password')])
        if (!problem.requiresTotp) return
        showCode(true)
        mark(form, problem.code === 'TOTP_INVALID' ? [code] : [])
        code.focus()
      }
    )
    if (!done) return
    settle(true)
    dialog.close()
  })

  byId('confirm-cancel').addEventListener('click', () => dialog.close())
  dialog.addEventListener('close', () => {
    clear(form)
    settle(false)
  })

  return {
    ask(newToken, needs) {
      token = newToken
      showCode(needs.includes('totp'))
      dialog.showModal()
      return new Promise((resolve) => {
        settle = resolve
      })
    }
  }
}
