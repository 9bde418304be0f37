import type { ClientHttp2Session } from 'node:http2'
import { originOf } from './client.ts'
import type { Way } from './proxies.ts'

/** A masked text frame, up to 125 bytes; a mask of zeros leaves the text as it is (RFC 6455, 5.2). */
const frame = (text: string) => Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)])

/** Opens a WebSocket on an HTTP/2 connection, as browsers do (RFC 8441), and resolves to what comes back for `text`. */
export async function connectOverHttp2(
  session: ClientHttp2Session,
  way: Way,
  path: string,
  text: string
): Promise<string> {
  await new Promise((resolve) => session.once('remoteSettings', resolve))
  if (!session.remoteSettings.enableConnectProtocol) throw new Error('no WebSockets over HTTP/2 are offered')
  const stream = session.request(
    {
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'https',
      ':path': path,
      ':authority': `${way.host}:${way.port}`,
      'sec-websocket-version': '13',
      origin: originOf(way)
    },
    { endStream: false }
  )
  return new Promise((resolve, reject) => {
    stream.once('error', reject)
    stream.once('response', (headers) => {
      if (headers[':status'] === 200) stream.write(frame(text))
      else reject(new Error(`answered with ${headers[':status']}`))
    })
    stream.once('data', (received: Buffer) => resolve(received.subarray(2).toString()))
  })
}
