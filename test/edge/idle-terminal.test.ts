import { spawnSync } from 'node:child_process'
import t from 'tap'
import { doorOf, openTerminal } from '../support/terminal-client.ts'
import { quietFor } from '../support/waiting.ts'
import { serve } from '../terminal/serve.ts'
import { freePorts, listens, missing, start } from './programs.ts'
import { writeNginx } from './proxies.ts'
import { nginx } from './shipped.ts'

const program = '/usr/sbin/nginx'
/** Stands for Nginx's default of a minute, and for a daemon whose pings come every 20 s: silence is longer than it. */
const IDLE_S = 2
const SILENCE_MS = 6000

t.test(
  'a proxy that closes silent connections disconnects the terminal; with the shipped file it stays',
  { skip: missing(program, 'nginx-light') },
  async (t) => {
    const { daemon, token, folder } = await serve(t)
    const { plain } = await freePorts('plain')
    const shipped = nginx.plainHost(plain)
    const impatient = shipped.replaceAll(/(proxy_(?:read|send)_timeout) +86400s/g, `$1 ${IDLE_S}s`)
    t.not(impatient, shipped)
    const write = (host: string) => writeNginx(folder, nginx.http(`127.0.0.1:${daemon.port}`), host)
    const proxy = start(t, program, write(impatient))
    await listens(proxy, plain)
    const door = doorOf(daemon.url, token, `http://127.0.0.1:${plain}`)

    const cut = await openTerminal(door)
    t.match(await cut.waitForEnd(), { code: 1006 }, 'it is cut')

    const reload = spawnSync(program, [...write(shipped), '-s', 'reload'], { encoding: 'utf8' })
    t.equal(reload.status, 0, reload.stderr)
    const stays = async () => {
      const client = await openTerminal(door)
      await quietFor(SILENCE_MS)
      return client.ended
    }
    // The old workers take a moment to step down.
    await quietFor(500)
    t.equal(await stays(), null)
  }
)
