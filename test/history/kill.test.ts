import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import t from 'tap'
import { TIERS } from '../../lib/history/tiers.ts'
import { temporaryFolder } from '../support/app.ts'
import { NOON, NOON_S, recorderIn } from './rig.ts'

t.setTimeout(300_000)

t.test('a killed daemon leaves an intact history that lacks at most a minute', async (t) => {
  const folder = await temporaryFolder(t)
  let began = NOON
  for (let round = 0; round < 5; round++) {
    // All rounds together are less than what is kept at this rate.
    const args = [join(folder, 'history.sqlite'), String(began), String(began + (TIERS[0]!.keep / 6) * 10_000)]
    const child = fork(resolve(import.meta.dirname, 'writer.ts'), args)
    let told = began
    await new Promise<void>((enough) => {
      child.on('message', (now) => {
        told = Number(now)
        if (told > began + (round + 1) * 150_000) enough()
      })
      child.once('exit', () => enough())
    })
    child.kill('SIGKILL')
    const [, signal] = await once(child, 'close')
    t.equal(signal, 'SIGKILL', 'it had no trouble before')
    began = told
  }
  const { recorder, skip, database, rows } = await recorderIn(t, { folder })
  skip(began - NOON)
  await recorder.read('hour')
  t.same({ ...database().prepare('PRAGMA integrity_check').get() }, { integrity_check: 'ok' })
  const lacking = (began / 1000 - NOON_S) / 10 - rows(10).length
  t.ok(lacking >= 0 && lacking <= 5 * 7, `${lacking} of ten seconds are missing after 5 kills`)
  const minutes = rows(120)
  t.equal(new Set(minutes.map(({ at }) => at)).size, minutes.length)
})
