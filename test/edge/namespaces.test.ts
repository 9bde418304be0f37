import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import t from 'tap'
import { missing as missingOpenssl } from '../support/certificates.ts'
import { missing } from './programs.ts'

// Network, mounts and process ids of their own: with the last process everything is gone, also after kill -9. An ordinary
// user gets them in a user namespace, where the kernel lets them.
const user = process.getuid!() === 0 ? [] : ['--user', '--map-root-user']
const unshare = [...user, '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc', '--']
const script = 'mount -t tmpfs tmpfs /run && mkdir /run/netns && ip netns add try && exec "$@"'

const isAllowed = () => spawnSync('unshare', [...unshare, 'sh', '-c', script, 'sh', 'true']).status === 0
const skip =
  missing('/usr/sbin/nginx', 'nginx-light') ||
  missingOpenssl ||
  missing('/usr/sbin/ip', 'iproute2') ||
  (isAllowed() || process.env.CI ? false : 'this user may not make network namespaces; root may')

const inner = [process.execPath, join(import.meta.dirname, 'in-namespaces.ts')]

t.setTimeout(300_000)
t.spawn('unshare', [...unshare, 'sh', '-c', script, 'sh', ...inner], { skip, timeout: 300_000 }, 'in namespaces')
