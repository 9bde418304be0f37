import { existsSync } from 'node:fs'
import { chmod, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { Compile } from 'typebox/compile'
import { createSecurityToolsReader } from '../../lib/security-tools/tools.ts'
import { SecurityToolsReplySchema } from '../../schemas/security/tools.ts'
import { createStandIn } from '../fail2ban/stand-in.ts'
import { plant } from '../host/tree.ts'
import { bearer, build, setUp, temporaryFolder } from '../support/app.ts'
import { until } from '../support/waiting.ts'

// As fail2ban 1.1.0 and Lynis 3.1.4 of Debian 13 have them.
const versionFile = 'import re\n\nversion = "1.1.0"\n\ndef normVersion():\n  return version\n'
const script = '#!/bin/sh\n    PROGRAM_NAME="Lynis"\n    PROGRAM_VERSION="3.1.4"\n'
const report = `# Lynis Report
report_version_major=1
report_datetime_start=2025-06-01 02:15:00
lynis_version=3.1.4
warning[]=FIRE-4512|iptables module(s) loaded, but no rules active|-|-|
hardening_index=67
`
const host = {
  'usr/lib/python3/dist-packages/fail2ban/version.py': versionFile,
  'usr/sbin/lynis': script,
  'var/log/lynis-report.dat': report,
  'usr/bin/clamscan': ''
}
const programs = ['usr/sbin/lynis', 'usr/bin/clamscan']

async function plantHost(folder: string, tree: Record<string, string> = host) {
  plant(folder, tree)
  for (const program of programs) if (program in tree) await chmod(join(folder, program), 0o755)
}

t.test('tools are found by their programs, with versions and the last audit', async (t) => {
  const folder = await temporaryFolder(t)
  await plantHost(folder)
  const standIn = await createStandIn(folder)
  await standIn.answer(['192.0.2.1'])
  const databaseFile = join(folder, 'no-database')
  const app = await build(
    t,
    { fail2banClient: standIn.file },
    { folder, fail2ban: { intervalMs: 50, timeoutMs: 20_000, databaseFile } }
  )
  const headers = bearer(await setUp(app))
  const get = async () => (await app.inject({ url: '/api/security/tools', headers })).json()
  await until(async () => (await get()).tools.fail2ban.active === true)
  const reply = await get()
  t.same([...Compile(SecurityToolsReplySchema).Errors(reply)], [])
  t.same(reply.tools, {
    fail2ban: {
      installed: true,
      active: true,
      version: '1.1.0',
      jails: ['proxmenux'],
      banned_ips_count: 1,
      reasons: {}
    },
    lynis: {
      installed: true,
      version: '3.1.4',
      last_scan: new Date('2025-06-01T02:15:00').toISOString(),
      hardening_index: 67,
      reasons: {}
    },
    aide: { installed: false },
    auditd: { installed: false },
    chkrootkit: { installed: false },
    clamav: { installed: true },
    crowdsec: { installed: false },
    rkhunter: { installed: false }
  })
})

t.test('on a host without the tools each null has a reason', async (t) => {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  const { tools, ...reply } = (await app.inject({ url: '/api/security/tools', headers })).json()
  t.match(reply, { success: true, stale: false, reason: null })
  t.match(tools.fail2ban, { installed: false, active: false, version: null, jails: [], banned_ips_count: null })
  t.same(tools.fail2ban.reasons, {
    version: 'fail2ban is not installed',
    banned_ips_count: 'fail2ban is not installed'
  })
  t.match(tools.lynis, { installed: false, version: null, last_scan: null, hardening_index: null })
  t.same(Object.keys(tools.lynis.reasons), ['version', 'last_scan', 'hardening_index'])
})

t.test('impossible values of an audit are null', async (t) => {
  for (const [text, expected] of Object.entries({
    'hardening_index=101\n': null,
    'hardening_index=-3\n': null,
    'hardening_index=0\n': 0,
    'hardening_index=50\nhardening_index=61\n': 61
  })) {
    const folder = await temporaryFolder(t)
    await plantHost(folder, { ...host, 'var/log/lynis-report.dat': text })
    const { lynis } = await createSecurityToolsReader({ fail2banClient: 'fail2ban-client', hostDir: folder })()
    t.same(lynis, { installed: true, version: '3.1.4', last_scan: null, hardening_index: expected }, text)
  }
})

const ownVersion = '/usr/lib/python3/dist-packages/fail2ban/version.py'
const skip = existsSync(ownVersion) ? false : !process.env.CI && 'needs fail2ban: apt install fail2ban'

t.test("this machine's own fail2ban has a version", { skip }, async (t) => {
  const { fail2ban } = await createSecurityToolsReader({ fail2banClient: 'fail2ban-client' })()
  t.match(fail2ban, { installed: true, version: /^\d+\.\d+/ })
  t.ok((await readFile(ownVersion, 'utf8')).includes(`version = "${fail2ban.version}"`))
})
