import { createServer } from 'node:net'
import t from 'tap'
import { findPortHolder, parseListeners } from '../../../lib/startup/port-holder.ts'
import { programOf, unitFolders } from '../../../lib/startup/service-unit.ts'

const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000:1F48 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12345 1 0000000000000000 100 0 0 10 0
   1: 0100007F:1F48 0100007F:C0DE 01 00000000:00000000 00:00000000 00000000     0        0 12346 1 0000000000000000 20 4 30 10 -1
   2: 0100007F:1F49 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 12347 1 0000000000000000 100 0 0 10 0
`

t.test('only listening sockets of the port count', async (t) => {
  t.same(parseListeners(TABLE, 8008), ['socket:[12345]'])
  t.same(parseListeners(TABLE, 8010), [])
  for (const text of ['', 'garbage', 'a b c d\n: : :\n', `${TABLE.slice(0, 150)}`])
    t.same(parseListeners(text, 8008), [])
})

t.test('the process that listens on a port', async (t) => {
  for (const host of ['127.0.0.1', '::1']) {
    const server = createServer().listen(0, host)
    await new Promise((done) => server.once('listening', done))
    const { port } = server.address() as { port: number }
    t.match(findPortHolder(port), { pid: process.pid, command: /node/, isMonitor: false }, host)
    await new Promise((done) => server.close(done))
    t.equal(findPortHolder(port), null)
  }
})

t.test("a unit's program, and the folders of units", async (t) => {
  t.equal(programOf('[Service]\nExecStart=/usr/bin/a b\n'), '/usr/bin/a')
  t.equal(programOf('[Service]\nExecStart=/usr/bin/a\nExecStart=\nExecStart = -"/opt/b/c" --x\n'), '/opt/b/c')
  t.equal(programOf('[Service]\nExecStartPre=/bin/true\n'), null)
  t.equal(unitFolders({})[0], '/etc/systemd/system')
  t.same(unitFolders({ SYSTEMD_UNIT_PATH: '/a:/b' }), ['/a', '/b'])
  t.equal(unitFolders({ SYSTEMD_UNIT_PATH: '/a:' })[1], '/etc/systemd/system')
})
