import { createServer, request as forward, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Test } from 'tap'

export interface ProxyOptions {
  /** Where it mounts the target; taken off the path. */
  mount?: string
  /** What it tells, in the place of what it was told. */
  headers?: Record<string, string>
  /** False: WebSockets become the requests they look like, as Nginx has it without its two lines. */
  upgrades?: boolean
  tls?: { key: string; cert: string }
}

/** The plainest of proxies, which tells no more than it is asked to; its base URL. */
export async function startProxy(t: Test, target: string, options: ProxyOptions = {}): Promise<string> {
  const { mount = '', headers = {}, upgrades = true, tls } = options
  const pass = (request: IncomingMessage, more: Record<string, string | undefined> = {}) => {
    const sent = { ...request.headers, ...headers, ...more }
    for (const [name, value] of Object.entries(more)) if (value === undefined) delete sent[name]
    return forward(target + request.url!.slice(mount.length), { method: request.method!, headers: sent })
  }
  const onRequest: RequestListener = (request, response) => {
    if (!request.url?.startsWith(`${mount}/`)) {
      response.writeHead(404).end()
      return
    }
    const passed = pass(request)
    passed.on('response', (answer) => answer.pipe(response.writeHead(answer.statusCode!, answer.headers)))
    passed.on('error', () => response.destroy())
    request.pipe(passed)
  }
  const onUpgrade = (request: IncomingMessage, socket: Duplex) => {
    const passed = pass(request, upgrades ? {} : { connection: 'close', upgrade: undefined })
    const answer = ({ statusCode, statusMessage, rawHeaders }: IncomingMessage) => {
      const lines = rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`))
      socket.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`)
    }
    passed.on('upgrade', (response, far) => {
      answer(response)
      far.on('error', () => socket.destroy())
      far.pipe(socket).pipe(far)
    })
    passed.on('response', (response) => {
      answer(response)
      response.pipe(socket)
    })
    passed.on('error', () => socket.destroy())
    socket.on('error', () => passed.destroy())
    passed.end()
  }
  const proxy = tls ? createTlsServer(tls, onRequest) : createServer(onRequest)
  proxy.on('upgrade', onUpgrade)
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    proxy.close()
    proxy.closeAllConnections()
  })
  return `${tls ? 'https' : 'http'}://127.0.0.1:${(proxy.address() as AddressInfo).port}${mount}`
}
