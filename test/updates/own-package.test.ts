import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Ending } from '../../lib/programs/program.ts'
import { createOwnPackage, parsePolicy } from '../../lib/updates/own-package.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { comes } from '../support/waiting.ts'
import { hostOf, PROGRAM_DIR } from './packaged-host.ts'
import { policies, removed } from './policies.ts'

const ended = (stdout: string): Ending => ({ kind: 'ended', code: 0, stdout, stderr: '' })

async function read(t: Test, ending: Ending, options: { isPackaged?: boolean } = {}) {
  const hostDir = await hostOf(t, options)
  return createOwnPackage({ run: async () => ending, hostDir, programDir: PROGRAM_DIR, version: '0.1.0' }).read()
}

const FROM_FILE = /installed from a file.* newer versions are unknown/

const answers: Record<keyof typeof policies, object> = {
  update: { installed: '0.1.0', candidate: '0.2.0', hasUpdate: true, reason: null },
  current: { installed: '0.2.0', candidate: '0.2.0', hasUpdate: false, reason: null },
  newerByHand: { installed: '0.3.0', candidate: '0.3.0', hasUpdate: false, reason: null },
  byHand: { installed: '0.1.0', candidate: '0.1.0', hasUpdate: null, reason: FROM_FILE },
  excluded: { installed: '0.1.0', candidate: null, hasUpdate: null, reason: /preferences of apt/ },
  heldByPin: { installed: '0.1.0', candidate: '0.1.0', hasUpdate: false, reason: null },
  downgrade: { installed: '0.3.0', candidate: '0.2.0', hasUpdate: false, reason: null },
  two: { installed: '0.1.0', candidate: '0.2.0', hasUpdate: true, reason: null }
}

for (const [name, text] of Object.entries(policies))
  t.test(`apt-cache policy, ${name}`, async (t) => {
    const { value, reason } = await read(t, ended(text))
    t.equal(reason, null)
    t.match(value, { ...answers[name as keyof typeof policies], needsRestart: false })
  })

t.test('a version is in a repository if one of its sources is a package list', async (t) => {
  t.same(parsePolicy(policies.two)?.versions, [
    { version: '0.2.0', isInRepository: true },
    { version: '0.1.0', isInRepository: true },
    { version: '0.0.9', isInRepository: true }
  ])
  t.same(parsePolicy(policies.byHand)?.versions, [{ version: '0.1.0', isInRepository: false }])
  t.equal(parsePolicy('\n'), null, 'apt prints nothing about a package that it does not know')
  for (const text of ['E: broken\n', policies.update.replace('  Candidate:', '  Kandidat:')])
    t.throws(() => parsePolicy(text), { message: 'unexpected output from apt-cache' })
})

t.test('a clone never asks apt, even if the host also has the package', async (t) => {
  let runs = 0
  const run = async () => {
    runs++
    return ended(policies.update)
  }
  const hosts = [await hostOf(t, { isPackaged: false }), await temporaryFolder(t)]
  for (const hostDir of hosts)
    t.match(await createOwnPackage({ run, hostDir, programDir: PROGRAM_DIR, version: '0.1.0' }).read(), {
      value: null,
      reason: 'this Monitor was not installed as a Debian package: update it as it was installed'
    })
  t.equal(runs, 0)
})

t.test('without apt-cache, or if it fails, the answer is unknown and is asked for again', async (t) => {
  await t.rejects(read(t, { kind: 'missing' }), { message: 'apt-cache is not installed' })
  await t.rejects(read(t, { kind: 'slow' }), { message: 'apt-cache took too long' })
  await t.rejects(read(t, { kind: 'ended', code: 100, stdout: '', stderr: 'E: Malformed entry 1 in list file x\n' }), {
    message: 'apt-cache ended with 100: E: Malformed entry 1 in list file x'
  })
  t.match(await read(t, ended('')), { value: null, reason: 'apt does not list the package as installed' })
  t.match(await read(t, ended(removed)), { value: null, reason: 'apt does not list the package as installed' })
})

t.test('apt is asked again only after dpkg or apt changed; an upgrade on disk asks for a restart', async (t) => {
  const programDir = await temporaryFolder(t)
  const hostDir = await hostOf(t, { programDir })
  const upgradeTo = (version: string) => writeFile(join(programDir, 'package.json'), JSON.stringify({ version }))
  await upgradeTo('0.1.0')
  const args: string[] = []
  const texts = [policies.update, policies.current]
  const run = async (given: readonly string[]) => {
    args.push(given.join(' '))
    return ended(texts[args.length - 1]!)
  }
  const own = createOwnPackage({ run, hostDir, programDir, version: '0.1.0' })
  t.match(await own.read(), { value: { hasUpdate: true, needsRestart: false } })
  await own.read()
  t.same(args, ['-q -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= policy proxmenux-monitor'])
  await upgradeTo('0.2.0')
  await utimes(join(hostDir, 'var/lib/dpkg/status'), 3000, 3000)
  t.match(await own.read(), { value: { installed: '0.2.0', hasUpdate: false, needsRestart: true } })
  t.equal(args.length, 2)
})

t.test('GET /api/updates tells it, and a program that hangs leaves the last answer with the reason', async (t) => {
  const programDir = await temporaryFolder(t)
  await writeFile(join(programDir, 'package.json'), '{"version": "1.2.3"}')
  const hostDir = await hostOf(t, { programDir })
  const folder = await temporaryFolder(t)
  const aptCache = await createStandIn(folder)
  await aptCache.behave(`cat <<'END'\n${policies.update}END`)
  let ahead = 0
  const app = await build(
    t,
    {},
    {
      hostDir,
      programDir,
      programs: { aptCache: aptCache.file, aptGet: '/missing', timeoutMs: 2000 },
      sampling: { monotonicNow: () => performance.now() + ahead }
    }
  )
  await app.ready()
  const headers = bearer(await setUp(app))
  const monitor = async () => (await app.inject({ url: '/api/updates', headers })).json().monitor
  t.match(await monitor(), { update_available: null, restart_required: null, reason: /not measured|not been asked/ })
  const comesSoon = (what: (told: Awaited<ReturnType<typeof monitor>>) => boolean) =>
    comes(
      async () => {
        ahead += 65_000
        return what(await monitor())
      },
      { withinMs: 60_000, everyMs: 100 }
    )
  t.ok(await comesSoon(({ update_available }) => update_available === true))
  const answer = {
    installed_version: '0.1.0',
    candidate_version: '0.2.0',
    update_available: true,
    restart_required: true
  }
  t.same(await monitor(), { ...answer, reason: null })
  await aptCache.behave('sleep 1000 & echo $! >> pids; sleep 1000')
  await writeFile(join(hostDir, 'var/lib/dpkg/status'), 'changed')
  t.ok(await comesSoon(({ reason }) => reason !== null))
  t.match(await monitor(), { ...answer, reason: /took too long|does not answer/ })
  await app.close()
  t.same(await aptCache.running(), [], 'no process is left')
})
