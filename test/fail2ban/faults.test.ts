import { chmod, readFile, rm } from 'node:fs/promises'
import t from 'tap'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { comes, quietFor } from '../support/waiting.ts'
import { buildWithStandIn, createStandIn } from './stand-in.ts'

const STALE = /fail2ban is not responding/

/** For clients that are meant to be too slow; to the others a busy machine must not be it. */
const SHORT_MS = 2000

const faults: Record<string, { script: string; reason: RegExp; timeoutMs?: number }> = {
  'hangs, and all it started': {
    script: 'sleep 1000 & echo $! >> pids; sleep 1000',
    reason: /no answer within 2 s/,
    timeoutMs: SHORT_MS
  },
  'leaves somebody behind who holds its output': {
    script: 'sleep 1000 & echo $! >> pids; exit 0',
    reason: /no answer within/,
    timeoutMs: SHORT_MS
  },
  'ends with 1': { script: 'exit 1', reason: /failed with exit code 1/ },
  'is killed': { script: 'kill -9 $$', reason: /failed with a signal/ },
  'prints nothing': { script: 'exit 0', reason: /unknown format/ },
  'prints something else': { script: 'cat /bin/sh', reason: /unknown format/ },
  'prints half of it': { script: 'head -c 200 status', reason: /unknown format/ },
  'prints without end': { script: 'exec yes "$(cat status)"', reason: /longer than/ },
  'complains without end': { script: 'exec yes >&2', reason: /no answer within/, timeoutMs: SHORT_MS },
  'finds no server': {
    script:
      'rm -f socket; echo "ERROR   Failed to access socket path: $PWD/socket. Is fail2ban running?" >&2; exit 255',
    reason: /server is not running/
  },
  'may not ask': {
    script: 'echo "ERROR   Permission denied to socket: /x, (you must be root)" >&2; exit 255',
    reason: /only root may/
  }
}

for (const [name, { script, reason, timeoutMs = 20_000 }] of Object.entries(faults)) {
  t.test(`a client that ${name}: bans hold, requests go on, health reports it`, async (t) => {
    const { app, standIn, state, details, from, health } = await buildWithStandIn(t, { timeoutMs })
    t.ok(await comes(async () => (await from('192.0.2.1')) === 403))
    t.notMatch(await health(), { summary: STALE })
    await standIn.behave(script)
    t.ok(await comes(async () => (await state()) === 'unreachable'))
    t.match(await details(), { installed: true, reason, banned: [{ ip: '192.0.2.1' }], checked_at: String })
    t.match(await health(), { status: /warning|critical/, summary: STALE })
    t.equal(await from('192.0.2.1'), 403)
    t.equal(await from('192.0.2.2'), 200)

    await standIn.answer(['192.0.2.2'])
    t.ok(await comes(async () => (await state()) === 'ok'), 'it is asked again')
    t.equal(await from('192.0.2.1'), 200)
    t.equal(await from('192.0.2.2'), 403)
    t.notMatch(await health(), { summary: STALE })
    await standIn.behave(script)
    await app.close()
    t.same(await standIn.running(), [], 'nothing is left running')
  })
}

t.test('while the server has no socket its client is not started, and again as soon as it has', async (t) => {
  const { app, standIn, state } = await buildWithStandIn(t)
  t.ok(await comes(() => app.fail2ban.latest().state === 'ok'))
  await standIn.behave(faults['finds no server']!.script)
  t.ok(await comes(async () => (await state()) === 'unreachable'))
  const before = (await standIn.pids()).length
  await quietFor(1000)
  t.equal((await standIn.pids()).length, before)
  await standIn.answer(['192.0.2.1'])
  t.ok(await comes(async () => (await state()) === 'ok'))
})

t.test('a removed jail keeps its bans and is a fault; a jail that never existed is not', async (t) => {
  const gone = `echo "Sorry but the jail 'proxmenux' does not exist"; exit 255`
  const { standIn, state, from, health, unban, details } = await buildWithStandIn(t)
  t.ok(await comes(async () => (await from('192.0.2.1')) === 403))
  await standIn.behave(gone)
  t.ok(await comes(async () => (await state()) === 'no_jail'))
  t.equal(await from('192.0.2.1'), 403)
  t.match(await health(), { summary: STALE })
  t.match((await unban('192.0.2.1')).json(), { code: 'CONFLICT', message: /no jail proxmenux/ })
  t.match(await details(), { installed: true, reason: /no jail proxmenux/ })

  const folder = t.testdir({ client: `#!/bin/sh\n${gone}\n` })
  await chmod(`${folder}/client`, 0o755)
  const fresh = await build(t, { fail2banClient: `${folder}/client` })
  await fresh.ready()
  t.ok(await comes(() => fresh.fail2ban.latest().state === 'no_jail'))
  t.notMatch((await fresh.inject('/api/system-info')).json().health, { summary: STALE })
})

t.test('without fail2ban no address is banned and health reports no fault', async (t) => {
  const app = await build(t)
  await app.ready()
  const token = await setUp(app)
  const details = async () =>
    (
      await app.inject({
        url: '/api/security/fail2ban/details',
        headers: { authorization: `Bearer ${token}` }
      })
    ).json()
  t.ok(await comes(async () => (await details()).state === 'absent'))
  t.same(await details(), {
    success: true,
    installed: false,
    state: 'absent',
    reason: 'fail2ban is not installed',
    jail: 'proxmenux',
    checked_at: null,
    currently_failed: null,
    total_failed: null,
    currently_banned: null,
    total_banned: null,
    banned: [],
    settings: null,
    active: false,
    version: null,
    jails: []
  })
  t.notMatch((await app.inject('/api/system-info')).json().health, { summary: STALE })
})

t.test('after fail2ban is removed its bans hold for an hour', async (t) => {
  let hours = 0
  const { standIn, state, from, health, unban } = await buildWithStandIn(t, {
    monotonicNow: () => performance.now() + hours * 3_600_000
  })
  t.ok(await comes(async () => (await from('192.0.2.1')) === 403))
  await rm(standIn.file)
  t.ok(await comes(async () => (await state()) === 'absent'))
  t.equal(await from('192.0.2.1'), 403)
  t.notMatch(await health(), { summary: STALE })
  t.match((await unban('192.0.2.1')).json(), { code: 'CONFLICT', message: 'fail2ban is not installed' })
  hours = 1
  t.ok(await comes(async () => (await from('192.0.2.1')) === 200), 'then the list is too old')
})

t.test('a client that hangs at the start delays nothing, and closing ends it', async (t) => {
  const standIn = await createStandIn(await temporaryFolder(t))
  await standIn.behave('sleep 1000 & echo $! >> pids; wait')
  const started = await build(t, { fail2banClient: standIn.file }, { fail2ban: { timeoutMs: 60_000 } })
  await started.listen({ host: '127.0.0.1', port: 0 })
  t.notMatch((await started.inject('/api/system-info')).json().health, { summary: STALE }, 'not known yet')
  t.ok(await comes(async () => (await standIn.running()).length === 2))
  const begun = performance.now()
  await started.close()
  t.ok(performance.now() - begun < 30_000, 'closing does not wait for its timeout')
  t.same(await standIn.running(), [])
})

t.test('a slow client is never run twice at once', async (t) => {
  const { app, standIn, unban } = await buildWithStandIn(t, { intervalMs: 1, timeoutMs: 5000 })
  await standIn.behave('mkdir alone || echo two >> overlaps; sleep 0.1; rmdir alone; cat status')
  const outcomes = await Promise.all([1, 2, 3, 4, 5, 6].map(() => unban('192.0.2.1')))
  t.same(
    outcomes.map(({ statusCode }) => statusCode).toSorted(),
    [200, 200, 200, 200, 503, 503],
    'the number of waiting requests is limited'
  )
  await app.close()
  await t.rejects(rm(standIn.file.replace('stand-in', 'overlaps')), { code: 'ENOENT' })
})

t.test('the client gets no shell, no input and no environment of the daemon', async (t) => {
  process.env.MONITOR_SETUP_CODE = 'a secret'
  t.teardown(() => {
    delete process.env.MONITOR_SETUP_CODE
  })
  const { standIn, unban } = await buildWithStandIn(t)
  const place = standIn.file.replace('stand-in', '')
  await standIn.behave(`env > ${place}env.$$; mv ${place}env.$$ ${place}env; cat > input; cat status`)
  await unban('192.0.2.1')
  const names = (await readFile(`${place}env`, 'utf8')).match(/^\w+(?==)/gm)!
  // The test runner puts its own into every process.
  const others = names.filter((name) => !/^(PWD|OLDPWD|SHLVL|_|_TAPJS\w+|NODE_OPTIONS)$/.test(name))
  t.same(others.toSorted(), ['LC_ALL', 'PATH'])
  t.equal(await readFile(`${place}input`, 'utf8'), '')
})
