// Run inside a network namespace: sends what it reads from its input, and prints what came back.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'

export interface Exchange {
  from: string
  to: string
  port: number
  /** By TLS, under this name; null for plain TCP. */
  name: string | null
  text: string
}

async function exchange({ from, to, port, name, text: sent }: Exchange, ca: Buffer): Promise<string> {
  const plain = connect({ host: to, port, localAddress: from })
  const socket = name === null ? plain : connectTls({ socket: plain, servername: name, ca })
  const failed = new Promise<never>((_, reject) => {
    plain.once('error', reject)
    socket.once('error', reject)
  })
  socket.write(sent)
  return Promise.race([text(socket), failed])
}

if (import.meta.main) {
  const ca = readFileSync(process.argv[2]!)
  const replies: string[] = []
  for (const each of JSON.parse(await text(process.stdin)) as Exchange[]) replies.push(await exchange(each, ca))
  process.stdout.write(JSON.stringify(replies))
}
