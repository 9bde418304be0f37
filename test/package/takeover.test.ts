import t from 'tap'
import { needsBoot } from '../edge/boot.ts'
import { temporaryFolder } from '../support/app.ts'
import '../support/executable.ts'
import { buildPackage, needs, underSystemd } from './package.ts'

const skip = needsBoot || needs('/usr/bin/dpkg-deb', 'dpkg') || needs('/usr/bin/python3', 'python3')

t.setTimeout(300_000)

t.test('beside another Monitor: installed, takes over, goes back, purged, under a real systemd', { skip }, async (t) =>
  underSystemd(t, buildPackage(await temporaryFolder(t)), 'takeover.sh')
)
