// npm run vm [-- 12 13]: installs the Debian package in virtual machines with Debian's own systemd, and prints a table.
// Needs debootstrap, qemu-system-x86, e2fsprogs and dpkg-deb, and root for debootstrap. Without KVM a release takes some
// minutes. The roots are kept in the cache folder; VM_CACHE names another one.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePorts } from '../edge/programs.ts'
import { type Machine, startMachine } from './machine.ts'
import { makeDisk, makeFilesDisk, makeRoot, type Release, releases } from './root.ts'
import { type Step, stepsOf } from './steps.ts'

const project = resolve(import.meta.dirname, '../..')
const cache = process.env.VM_CACHE ?? join(project, 'node_modules/.cache/vm')
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : Object.keys(releases)

/** The package, and the same as the next version. */
function makePackages(folder: string): [string, string] {
  const packages = join(folder, 'files')
  mkdirSync(packages)
  // Level 0 is the fastest, and the installed files are the same.
  execFileSync(process.execPath, [join(project, 'scripts/deb.ts'), '--out', packages, '--level', '0', 'amd64'], {
    stdio: 'inherit'
  })
  const deb = readdirSync(packages)[0]!
  const tree = join(folder, 'next')
  execFileSync('dpkg-deb', ['-R', join(packages, deb), tree])
  const control = join(tree, 'DEBIAN/control')
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^(Version: .*)$/m, '$1+next'))
  execFileSync('dpkg-deb', ['--root-owner-group', '-Znone', '-b', tree, join(packages, 'next.deb')], {
    stdio: 'ignore'
  })
  renameSync(join(packages, deb), join(packages, 'this.deb'))
  return ['this.deb', 'next.deb']
}

const folder = mkdtempSync(join(tmpdir(), 'monitor-vm-'))
const rows: string[] = []
let failures = 0

/** Takes the steps one after another, and stops at the first that fails. */
async function tryEach(release: Release, machine: Machine, steps: Step[]): Promise<void> {
  for (const step of steps) {
    const since = performance.now()
    const fault = await step.run(machine).then(
      () => null,
      (error: Error) => error
    )
    const seconds = ((performance.now() - since) / 1000).toFixed(0)
    rows.push(`| Debian ${release} | ${step.name} | ${fault ? 'NO' : 'yes'} | ${seconds} s |`)
    console.log(rows.at(-1))
    if (fault === null) continue
    failures++
    console.error(fault.message)
    const journal = await machine
      .run('journalctl -b -n 40 --no-pager')
      .catch((error: Error) => ({ output: error.message }))
    console.error(journal.output)
    return
  }
}

try {
  const [deb, next] = makePackages(folder)
  await makeFilesDisk(join(folder, 'files'), join(folder, 'files.img'))
  for (const name of wanted) {
    const release = Number(name) as Release
    if (!Object.hasOwn(releases, release)) throw new Error(`${name}: use ${Object.keys(releases).join(' or ')}`)
    const own = join(folder, name)
    mkdirSync(own)
    console.log(`Debian ${release}: root and boot`)
    const begun = performance.now()
    const disk = await makeDisk(await makeRoot(release, cache), join(own, 'root.img'))
    const machine = await startMachine({
      disk,
      files: join(folder, 'files.img'),
      folder: own,
      port: (await freePorts('daemon')).daemon
    })
    const booted = (performance.now() - begun) / 1000
    rows.push(`| Debian ${release} | boots | yes | ${booted.toFixed(0)} s |`)
    try {
      await tryEach(release, machine, stepsOf(deb, next))
    } finally {
      await machine.stop()
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
console.log(`\n| system | step | works | took |\n|---|---|---|---|\n${rows.join('\n')}`)
process.exitCode = failures === 0 ? 0 : 1
