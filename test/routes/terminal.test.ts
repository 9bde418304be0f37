import t from 'tap'
import { openTerminal, serve } from '../terminals.ts'

t.test('a shell over terminal.v1: what is typed is run, what it shows comes back, and its exit code', async (t) => {
  const { app, headers } = await serve(t)
  const client = await openTerminal(t, app, headers)
  t.match(client.opened, { position: 0, cols: 80, rows: 24, replay_bytes: 262144, resume_seconds: 60 })
  client.type('stty size; echo a-$((6 * 7))\n')
  await client.shows(/24 80/)
  await client.shows(/a-42/)
  client.say({ type: 'resize', cols: 100, rows: 30 })
  client.type('sleep 0.1; stty size\n')
  await client.shows(/30 100/)
  client.type('exit 7\n')
  t.match(await client.message('exit'), { code: 7, signal: null })
  t.equal((await client.closed()).code, 1000)
})
