// A stand-in for systemctl(1), which keeps the state of one service in the folder where it lies. Tests steer it by files:
// `fail` and `pause` name a verb; it then fails once, or waits until it is killed.
const { spawn } = require('node:child_process')
const { appendFileSync, closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } = require('node:fs')
const { join } = require('node:path')
const { setTimeout: pass } = require('node:timers/promises')

const at = (name) => join(__dirname, name)
const read = (name, standard) => (existsSync(at(name)) ? JSON.parse(readFileSync(at(name), 'utf8')) : standard)
const state = read('state.json', { enabled: false, pid: 0, unit: '' })
const save = () => writeFileSync(at('state.json'), JSON.stringify(state))
const [verb, name = 'proxmenux-monitor.service'] = process.argv.slice(2)

const isAlive = () => {
  if (state.pid === 0) return false
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${state.pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
const findUnit = () =>
  process.env.SYSTEMD_UNIT_PATH.split(':')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path)) ?? ''
const end = (code, error = '') => {
  if (error) process.stderr.write(`${error}\n`)
  process.exit(code)
}
const need = () => {
  if (findUnit() === '') end(1, `Unit file ${name} does not exist.`)
}

const verbs = {
  'is-enabled': () => end(state.enabled ? 0 : 1, void process.stdout.write(state.enabled ? 'enabled\n' : 'disabled\n')),
  'is-active': () => end(isAlive() ? 0 : 3, void process.stdout.write(isAlive() ? 'active\n' : 'inactive\n')),
  'daemon-reload': () => Object.assign(state, { unit: findUnit() && readFileSync(findUnit(), 'utf8') }),
  'reset-failed': () => {},
  enable: () => (need(), Object.assign(state, { enabled: true })),
  disable: () => (need(), Object.assign(state, { enabled: false })),
  stop: async () => {
    if (isAlive()) process.kill(state.pid, 'SIGTERM')
    while (isAlive()) await pass(20)
    state.pid = 0
  },
  start: async () => {
    if (isAlive()) return
    const log = openSync(at('service.log'), 'w')
    const program = /^ExecStart=(.*)$/m.exec(state.unit)?.[1]
    if (!program) end(5, `Unit ${name} not found.`)
    const child = spawn(program, { detached: true, stdio: ['ignore', log, log], env: read('environment.json', {}) })
    closeSync(log)
    state.pid = child.pid
    child.unref()
    save()
    // As systemd waits for READY=1.
    while (/^Type=notify$/m.test(state.unit) && !readFileSync(at('service.log'), 'utf8').includes('Server listening')) {
      if (child.exitCode !== null) end(1, `Job for ${name} failed because the control process exited with error code.`)
      await pass(20)
    }
  }
}

const main = async () => {
  appendFileSync(at('calls'), `${verb}\n`)
  if (read('fail', '') === verb) {
    rmSync(at('fail'))
    end(1, `${verb} failed`)
  }
  if (read('pause', '') === verb) {
    rmSync(at('pause'))
    writeFileSync(at('paused'), String(process.pid))
    await pass(60_000)
  }
  await verbs[verb]()
  save()
}
void main()
