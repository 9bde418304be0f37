import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'

/** A way to a port of this machine that can be cut, as a cable is, and mended. While it is cut nothing gets through. */
export async function startNetwork(t: Test, port: number) {
  const sockets = new Set<Socket>()
  const state = { isCut: false, down: 0, cutAfter: Number.POSITIVE_INFINITY }
  const cut = () => {
    state.isCut = true
    state.cutAfter = Number.POSITIVE_INFINITY
    for (const socket of sockets) socket.resetAndDestroy()
  }
  const server = createServer({ noDelay: true }, (client) => {
    if (state.isCut) {
      client.resetAndDestroy()
      return
    }
    const upstream = connect({ port, host: '127.0.0.1', noDelay: true })
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    client.pipe(upstream)
    upstream.pipe(client)
    upstream.on('data', ({ length }) => {
      state.down += length
      if (state.down > state.cutAfter) cut()
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.teardown(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    cut,
    /** Cuts it in the middle of what comes down: after so many bytes more. */
    cutAfter(bytes: number) {
      state.cutAfter = state.down + bytes
    },
    isCut: () => state.isCut,
    mend() {
      state.isCut = false
    }
  }
}
