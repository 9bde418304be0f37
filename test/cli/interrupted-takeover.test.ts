import { writeFileSync } from 'node:fs'
import t from 'tap'
import { isOld, openOldHost, VERBS } from './old-monitor.ts'

t.setTimeout(300_000)

t.test('a takeover of which a step fails is undone', async (t) => {
  const host = await openOldHost(t)
  for (const verb of VERBS) {
    host.order('fail', verb)
    const { code, stderr } = await host.command('takeover --yes')
    t.equal(code, 1, verb)
    t.match(stderr, /Nothing was taken over: the other Monitor is back as it was/, verb)
    t.match(stderr, `systemctl ${verb}`, verb)
    await isOld(t, host, verb)
  }
  t.match(await host.command('takeover --undo --yes'), { code: 1, stderr: /no takeover to undo/ })
})

t.test('a daemon that cannot start gives way to the old one', async (t) => {
  const host = await openOldHost(t)
  host.order('environment.json', { ...host.env, MONITOR_RATE_LIMIT: 'nonsense' })
  t.match(await host.command('takeover --yes'), { code: 1, stderr: /systemctl start .* failed.*as it was/ })
  await isOld(t, host, 'a setting that the daemon refuses')
  host.order('environment.json', { ...host.env, MONITOR_PORT: '0' })
  t.match(await host.command('takeover --yes'), { code: 1, stderr: /does not answer on port \d+.*as it was/ })
  await isOld(t, host, 'a daemon on another port')
})

t.test('a killed takeover is finished by a second run', async (t) => {
  for (const verb of VERBS) {
    const host = await openOldHost(t)
    await host.killAt('takeover --yes', verb)
    t.not(host.readRecord().phase, 'taken', verb)
    t.match(await host.command('takeover --dry-run'), { code: 0, stdout: /was interrupted/ }, verb)
    t.match(await host.command('takeover --yes'), { code: 0, stdout: /interrupted takeover is finished/ }, verb)
    t.equal(await host.whoAnswers(), 'new', verb)
    t.match(await host.command('takeover --undo --yes'), { code: 0 }, verb)
    await isOld(t, host, verb)
  }
})

t.test('a killed takeover is cancelled by the way back', async (t) => {
  // One of each phase.
  for (const verb of ['disable', 'enable']) {
    const host = await openOldHost(t)
    await host.killAt('takeover --yes', verb)
    t.match(await host.command('takeover --undo --yes'), { code: 0 }, verb)
    await isOld(t, host, verb)
  }
})

t.test('of two takeovers at once one does the work', async (t) => {
  const host = await openOldHost(t)
  const answers = await Promise.all([host.command('takeover --yes'), host.command('takeover --yes')])
  const won = answers.filter(({ code }) => code === 0)
  t.equal(won.length, 1)
  t.match(answers.find(({ code }) => code === 1)?.stderr, /another takeover is running/)
  t.equal(host.calls().filter((verb) => verb === 'stop').length, 1)
  t.equal(await host.whoAnswers(), 'new')
})

t.test('a damaged record is reported and left', async (t) => {
  const host = await openOldHost(t)
  writeFileSync(`${host.folder}/config/takeover.json`, '{"phase": ')
  for (const words of ['takeover --yes', 'takeover --undo --yes'])
    t.match(await host.command(words), { code: 1, stderr: /takeover\.json cannot be read/ })
  await isOld(t, host, 'nothing is done')
})
