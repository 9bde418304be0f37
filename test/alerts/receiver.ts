import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

export interface Received {
  method: string
  path: string
  headers: IncomingHttpHeaders
  // biome-ignore lint/suspicious/noExplicitAny: what it is, is what the tests check.
  body: any
  text: string
}

export type Answer = (response: ServerResponse, received: Received) => void
export const accept: Answer = (response) => response.writeHead(200).end('{"id":"secret answer"}')
export const answerWith =
  (status: number, headers = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end('secret answer')

/** A server that keeps what it gets, and answers as it is told. */
export async function startReceiver(t: Test, { host = '127.0.0.1', tls }: { host?: string; tls?: object } = {}) {
  const received: Received[] = []
  let answer = accept
  const listener = async (request: IncomingMessage, response: ServerResponse) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const { method = '', url = '', headers } = request
    const each = { method, path: url, headers, text, body: JSON.parse(text) }
    received.push(each)
    answer(response, each)
  }
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  const scheme = tls ? 'https' : 'http'
  return {
    received,
    port,
    url: `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`,
    answer: (next: Answer) => (answer = next)
  }
}
export type Receiver = Awaited<ReturnType<typeof startReceiver>>
