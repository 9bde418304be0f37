import { connect, type Socket } from 'node:net'

export interface LoadOptions {
  url: string
  path: string
  headers: Record<string, string>
  connections: number
  /** Milliseconds. */
  duration: number
}

export interface LoadResult {
  /** Answers that came in time, all of them 200. */
  answers: number
  milliseconds: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i

/**
 * Asks one thing over and over, on kept-alive connections, one request at a time on each. On a machine of two cores
 * autocannon's own share of the work is larger than a bare server's, so it would measure itself; this one is cheap: it
 * reads of an answer only its status and where it ends. Rejects at the first answer that is no 200.
 */
export async function load({ url, path, headers, connections, duration }: LoadOptions): Promise<LoadResult> {
  const { host, hostname, port } = new URL(url)
  const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const begin = performance.now()
  let answers = 0
  let over = false

  const talk = () =>
    new Promise<void>((done, fail) => {
      const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true })
      let rest = 0
      let held: Buffer | null = null
      socket.once('connect', () => socket.write(request))
      socket.once('error', fail)
      socket.once('close', () => (over ? done() : fail(new Error('the server closed the connection'))))
      socket.on('data', (part: Buffer) => {
        const chunk = held ? Buffer.concat([held, part]) : part
        held = null
        if (rest === 0) {
          const end = chunk.indexOf(HEAD_END)
          if (end === -1) {
            held = chunk
            return
          }
          const head = chunk.toString('latin1', 0, end + 2)
          const length = Number(LENGTH.exec(head)?.[1])
          if (!head.startsWith('HTTP/1.1 200 ') || !(length > 0)) return void socket.destroy(new Error(head))
          rest = end + HEAD_END.length + length
        }
        rest -= chunk.length
        if (rest > 0) return
        if (over) return void socket.destroy()
        answers++
        socket.write(request)
      })
      setTimeout(() => {
        over = true
      }, duration)
      // A connection whose last answer never comes must not hold the bench.
      setTimeout(() => socket.destroy(), duration + 1000).unref()
    })
  // Never asleep: waking a sleeping reader costs the server several microseconds an answer on a virtual machine, and
  // only the slower of two servers, whose reader has time to fall asleep, would pay them.
  const spin = () => void (over || setImmediate(spin))
  spin()
  await Promise.all(Array.from({ length: connections }, talk))
  return { answers, milliseconds: Math.min(duration, performance.now() - begin) }
}
