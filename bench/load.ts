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
  /** Answers within the time, all of them 200. */
  answers: number
  milliseconds: number
}

const HEAD_END = Buffer.from('\r\n\r\n')
const LENGTH = /\r\ncontent-length: (\d+)\r\n/i

/**
 * Repeats one request on keep-alive connections, one at a time on each. On two cores autocannon uses more CPU time than
 * a bare server, so it would measure itself. This client is cheap: it reads only the status and the end of an answer.
 * Rejects at the first answer other than 200.
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
      // A connection whose last answer never arrives must not block the benchmark.
      setTimeout(() => socket.destroy(), duration + 1000).unref()
    })
  // Busy loop: waking a sleeping reader costs the server several microseconds per answer on a virtual machine. Only the
  // slower of two servers, whose reader has time to sleep, would pay this.
  const spin = () => void (over || setImmediate(spin))
  spin()
  await Promise.all(Array.from({ length: connections }, talk))
  return { answers, milliseconds: Math.min(duration, performance.now() - begin) }
}
