import { chmodSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const statusOf = (banned: readonly string[]) => `Status for the jail: proxmenux
|- Filter
|  |- Currently failed:\t0
|  |- Total failed:\t0
|  \`- File list:\t/var/log/proxmenux-auth.log
\`- Actions
   |- Currently banned:\t${banned.length}
   |- Total banned:\t${banned.length}
   \`- Banned IP list:\t${banned.join(' ')}
`

/** Says whom the stand-in shows as banned from now on. */
export function setBanned(folder: string, banned: readonly string[]): void {
  writeFileSync(join(folder, 'jail.new'), statusOf(banned))
  renameSync(join(folder, 'jail.new'), join(folder, 'jail'))
}

/** A program that answers like fail2ban-client, for MONITOR_FAIL2BAN_CLIENT. */
export function writeStandIn(folder: string, banned: readonly string[]): string {
  setBanned(folder, banned)
  const file = join(folder, 'fail2ban-client')
  writeFileSync(
    file,
    `#!/bin/sh\ncase $1 in status) cat ${join(folder, 'jail')} ;; get) echo 600 ;; *) exit 1 ;; esac\n`
  )
  chmodSync(file, 0o755)
  return file
}
