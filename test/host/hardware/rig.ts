import { join } from 'node:path'
import type { Test } from 'tap'
import { bearer, build, setUp, temporaryFolder } from '../../support/app.ts'
import { until } from '../../support/waiting.ts'
import { plant, type Tree } from '../tree.ts'
import { plantPrograms } from './made-up-host.ts'

/** The daemon on a host that is not there. `pass` lets the sampler's clock run ahead. */
export async function serve(t: Test, tree: Tree, more: Parameters<typeof plantPrograms>[1] = {}) {
  const folder = await temporaryFolder(t)
  plant(folder, tree)
  const { programs, calls } = plantPrograms(folder, more)
  let ahead = 0
  const app = await build(
    t,
    {},
    {
      folder,
      programs: { ...programs, timeoutMs: 20_000 },
      hardware: { sysDir: join(folder, 'sys'), procDir: join(folder, 'proc') },
      sampling: { monotonicNow: () => performance.now() + ahead }
    }
  )
  await app.ready()
  const headers = bearer(await setUp(app))
  const get = async () => (await app.inject({ url: '/api/hardware', headers })).json()
  const whole = async () => {
    const missing = ['pci_names', 'memory_modules', 'nvidia', 'ups']
    let reply = await get()
    await until(async () => {
      reply = await get()
      return missing.every((name) => reply.sources[name].reason !== 'not measured yet')
    })
    return reply
  }
  return { app, folder, calls, get, whole, pass: (ms: number) => (ahead += ms) }
}

/** Every null has a reason beside it. */
export function checkReasons(t: Test, value: unknown, path: string): void {
  if (typeof value !== 'object' || value === null) return
  const { reasons = {} } = value as { reasons?: object }
  const isAged = 'age_seconds' in value
  for (const [field, inner] of Object.entries(value)) {
    const isExcused =
      (isAged && ['reason', 'timestamp', 'age_seconds'].includes(field)) || /^(high|critical|device)$/.test(field)
    if (inner === null && !isExcused) t.ok(field in reasons, `${path}.${field} has a reason`)
    checkReasons(t, inner, `${path}.${field}`)
  }
}
