import t from 'tap'
import { openSession } from '../support/sessions.ts'
import { openTerminal, serve } from '../support/terminals.ts'
import { until } from '../support/waiting.ts'

t.test('a terminal’s output is recorded under its id, and its input is not', async (t) => {
  const { app, headers } = await serve(t, { terminalRecord: 'on' })
  const client = await openTerminal(t, app, headers)
  client.type('read -rsp "wo""rd? "; echo shown-$((1 + 1))\n')
  await client.shows(/word\?/)
  client.type('hidden-word\n')
  await client.shows(/shown-2/)
  client.type('exit\n')
  await client.message('exit')
  await client.closed()
  const { id } = client.opened
  const { headers: later } = await openSession(app)
  let recordings: { id: string; ended_at: string | null }[] = []
  await until(async () => {
    const reply = await app.inject({ url: '/api/terminal/recordings', headers: later })
    recordings = reply.json().recordings
    return recordings[0]?.ended_at
  })
  t.match(recordings, [{ id, user: 'admin', target: 'shell', ended_at: String }])
  const cast = await app.inject({ url: `/api/terminal/recordings/${id}`, headers: later })
  t.match(cast.body, /shown-2/)
  t.notMatch(cast.body, /hidden-word/)
  const audit = await app.inject({ url: '/api/security/audit?event=terminal_opened', headers: later })
  const target = new RegExp(`^${id},shell,\\d+$`)
  t.match(audit.json().events, [{ event: 'terminal_opened', target, user: 'admin' }], audit.body)
})
