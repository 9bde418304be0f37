import t from 'tap'
import { isOld, openOldHost, VERBS } from './old-monitor.ts'

t.setTimeout(300_000)

t.test('a killed way back is finished by a second run, and blocks a takeover until then', async (t) => {
  for (const verb of VERBS) {
    const host = await openOldHost(t)
    t.match(await host.command('takeover --yes'), { code: 0 }, verb)
    await host.killAt('takeover --undo --yes', verb)
    t.match(await host.command('takeover --yes'), { code: 1, stderr: /way back was interrupted/ }, verb)
    t.match(await host.command('takeover --undo --yes'), { code: 0 }, verb)
    await isOld(t, host, verb)
  }
})
