import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

interface Cuts {
  /** A connection is cut after this time, */
  everyMs: number
  /** or when this many bytes came down it. */
  everyBytes: number
  random: () => number
}

const MAX_HELD = 262_144

/** Passes on what it gets in pieces of any size, late; what it holds at the cut is lost. */
function passOn(from: Socket, to: Socket, random: () => number, passed: (bytes: number) => void) {
  const held: Buffer[] = []
  let size = 0
  let moving = false
  const move = () => {
    moving = false
    const chunk = held[0]
    if (!chunk || to.destroyed) return
    const length = Math.min(chunk.length, 1 + Math.floor(random() ** 2 * 65_536))
    to.write(chunk.subarray(0, length))
    if (length < chunk.length) held[0] = chunk.subarray(length)
    else held.shift()
    size -= length
    if (size < MAX_HELD) from.resume()
    passed(length)
    if (held.length > 0) plan()
    else if (from.readableEnded) to.end()
  }
  const plan = () => {
    if (moving) return
    moving = true
    if (random() < 0.1) setTimeout(move, 1 + random() * 4)
    else setImmediate(move)
  }
  from.on('data', (chunk: Buffer) => {
    held.push(chunk)
    size += chunk.length
    if (size >= MAX_HELD) from.pause()
    plan()
  })
  from.on('end', () => void (size === 0 && to.end()))
  return () => size
}

/**
 * A network that breaks every connection again and again: in the middle of a frame, with bytes under way that are lost. The
 * client is told by a reset; the server every second time only: else its end stays open and nothing ever comes of it.
 */
export async function breakNetwork(t: Test, port: number, { everyMs, everyBytes, random }: Cuts) {
  const sockets = new Set<Socket>()
  const cuts = { count: 0, lost: 0 }
  const keep = (socket: Socket) => {
    sockets.add(socket)
    return socket.on('error', () => {}).on('close', () => sockets.delete(socket))
  }
  const server = createServer({ noDelay: true }, (client) => {
    const upstream = keep(connect({ port, host: '127.0.0.1', noDelay: true }))
    keep(client)
    let bytes = 0
    const cut = () => {
      if (client.destroyed) return
      clearTimeout(timer)
      cuts.count++
      cuts.lost += waiting()
      client.resetAndDestroy()
      upstream.pause().removeAllListeners('data')
      if (cuts.count % 2 === 0) upstream.resetAndDestroy()
    }
    const timer = setTimeout(cut, everyMs)
    passOn(client, upstream, random, () => {})
    const waiting = passOn(upstream, client, random, (length) => {
      bytes += length
      if (bytes > everyBytes) cut()
    })
    client.on('close', () => clearTimeout(timer))
    upstream.on('close', () => void (upstream.readableEnded || client.destroy()))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { url: `http://127.0.0.1:${(server.address() as { port: number }).port}`, cuts }
}
