// Logs in and prints the load of the host at each change.
//   MONITOR_URL=http://127.0.0.1:8008 MONITOR_USER=admin MONITOR_PASSWORD=… node stream.mjs
import { createInterface } from 'node:readline/promises'
import { createMonitor, MonitorError } from '@proxmenux/monitor-client'

const {
  MONITOR_URL: url = 'http://127.0.0.1:8008',
  MONITOR_USER: username = 'admin',
  MONITOR_PASSWORD: password = ''
} = process.env
const monitor = createMonitor({ url })

async function logIn() {
  try {
    return await monitor.login({ username, password })
  } catch (error) {
    if (!(error instanceof MonitorError && error.requiresTotp)) throw error
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const totp_code = await terminal.question('Code of the authenticator: ')
  terminal.close()
  return monitor.login({ username, password, totp_code })
}

const user = await logIn()
console.log(`Logged in as ${user.username}`)

const stopped = new AbortController()
process.once('SIGINT', () => stopped.abort())
for await (const { data } of monitor.follow(['system'], { signal: stopped.signal })) {
  console.log(`${data.hostname}: CPU ${data.cpu_usage ?? '?'} %, memory ${data.memory_usage ?? '?'} %`)
}
await monitor.logout()
