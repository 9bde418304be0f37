import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Life } from '../edge/programs.ts'

export interface TcpProxy {
  port: number
  /** Forwards again. Connections that lost bytes are closed. */
  pass(): void
  /** Takes all bytes and forwards none, in both directions; like a cut cable, without an error on either side. */
  swallow(): void
  /** Closes all connections, and each new one at once. */
  close(): void
  /** Leads new connections to another port. Those that are open are closed unless `keepsOpen`. */
  leadTo(port: number, keepsOpen?: boolean): void
}

/** A TCP proxy on a free port, which a test makes fail. */
export async function startTcpProxy(life: Life, target: number): Promise<TcpProxy> {
  let mode: 'pass' | 'swallow' | 'close' = 'pass'
  const open = new Set<Socket>()
  const closeAll = () => {
    for (const socket of open) socket.destroy()
  }
  const forward = (from: Socket, to: Socket) => {
    open.add(from)
    from.on('data', (chunk) => void (mode === 'pass' && to.write(chunk)))
    from.on('error', () => {})
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
  }
  const server = createServer((client) => {
    if (mode === 'close') return void client.destroy()
    const upstream = connect(target, '127.0.0.1')
    forward(client, upstream)
    forward(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  life.teardown(() => {
    closeAll()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    pass() {
      mode = 'pass'
      closeAll()
    },
    swallow() {
      mode = 'swallow'
    },
    close() {
      mode = 'close'
      closeAll()
    },
    leadTo(port, keepsOpen = false) {
      target = port
      if (!keepsOpen) closeAll()
    }
  }
}
