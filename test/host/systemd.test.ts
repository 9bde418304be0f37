import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { createFailedUnits, parseFailedUnits } from '../../lib/host/failed-units.ts'
import { createTimeSync } from '../../lib/host/time-sync.ts'
import type { Ending } from '../../lib/programs/program.ts'
import { temporaryFolder } from '../support/app.ts'

const prints = (stdout: string) => async (): Promise<Ending> => ({ kind: 'ended', code: 0, stdout, stderr: '' })
const never = () => Promise.reject(new Error('nothing is to be run here'))

async function systemdHost(t: Parameters<typeof temporaryFolder>[0]) {
  const hostDir = await temporaryFolder(t)
  await mkdir(join(hostDir, 'run/systemd/system'), { recursive: true })
  return hostDir
}

t.test('failed units are parsed by name, an empty list is valid, and other output is an error', async (t) => {
  const unit = { unit: 'nginx.service', load: 'loaded', active: 'failed', sub: 'failed', description: 'A web server' }
  t.same(parseFailedUnits(JSON.stringify([unit, { unit: 'a.mount' }, null, { name: 'x' }])), [
    { unit: 'nginx.service', description: 'A web server' },
    { unit: 'a.mount', description: '' }
  ])
  t.same(parseFailedUnits('[]\n'), [])
  for (const text of ['', '{}', '0 loaded units listed.', '[{"unit":']) t.throws(() => parseFailedUnits(text))
})

t.test('the clock is synchronised or not, and any other output is an error', async (t) => {
  const hostDir = await systemdHost(t)
  const read = (answer: string) => createTimeSync({ run: prints(answer), hostDir }).read()
  t.same((await read('yes\n')).value, { synchronized: true })
  t.same((await read('no\n')).value, { synchronized: false })
  await t.rejects(read(''), { message: 'unexpected output from timedatectl' })
  const missing = async (): Promise<Ending> => ({ kind: 'missing' })
  t.match(await createTimeSync({ run: missing, hostDir }).read(), { reason: 'timedatectl is not installed' })
})

t.test('without systemd no program is run, nor for the clock in a container', async (t) => {
  const hostDir = await temporaryFolder(t)
  const absent = { value: null, reason: 'this host does not use systemd' }
  t.same(await createFailedUnits({ run: never, hostDir }).read(), absent)
  t.same(await createTimeSync({ run: never, hostDir }).read(), absent)
  const container = await systemdHost(t)
  await writeFile(join(container, 'run/systemd/container'), 'lxc\n')
  t.match(await createTimeSync({ run: never, hostDir: container }).read(), { value: null, reason: /is a container/ })
  t.same((await createFailedUnits({ run: prints('[]'), hostDir: container }).read()).value, [])
})
