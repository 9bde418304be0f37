// What `apt-cache policy proxmenux-monitor` prints. apt 2.6.1 (Debian 12) and apt 3.0.4 (Debian 13) were run on the same package
// lists and status files, and printed the same bytes. Only the path of the status file was changed afterwards.

const repository = '        500 https://packages.example.org/debian stable/main amd64 Packages'
const status = '        100 /var/lib/dpkg/status'

const policy = (installed: string, candidate: string, ...table: string[]) =>
  `proxmenux-monitor:\n  Installed: ${installed}\n  Candidate: ${candidate}\n  Version table:\n${table.join('\n')}\n`

export const policies = {
  update: policy('0.1.0', '0.2.0', '     0.2.0 500', repository, ' *** 0.1.0 100', status),
  current: policy('0.2.0', '0.2.0', ' *** 0.2.0 500', repository, status),
  /** A newer file was installed by hand. */
  newerByHand: policy('0.3.0', '0.3.0', ' *** 0.3.0 100', status, '     0.2.0 500', repository),
  byHand: policy('0.1.0', '0.1.0', ' *** 0.1.0 100', status),
  /** `Pin: release *`, `Pin-Priority: -1`. */
  excluded: policy('0.1.0', '(none)', '     0.2.0 -1', repository, ' *** 0.1.0 -1', status),
  /** `Pin: version 0.1.0`, `Pin-Priority: 1001`. */
  heldByPin: policy('0.1.0', '0.1.0', '     0.2.0 500', repository, ' *** 0.1.0 1001', status),
  /** `Pin: version 0.2.0`, `Pin-Priority: 1001`. */
  downgrade: policy('0.3.0', '0.2.0', ' *** 0.3.0 100', status, '     0.2.0 1001', repository),
  /** Two suites offer it. */
  two: policy(
    '0.1.0',
    '0.2.0',
    '     0.2.0 500',
    repository,
    ' *** 0.1.0 500',
    repository.replace('stable', 'oldstable'),
    status,
    '     0.0.9 500',
    repository.replace('stable', 'archive')
  )
}

/** Removed, and not purged. */
export const removed = policy('(none)', '0.2.0', '     0.2.0 500', repository, status)
