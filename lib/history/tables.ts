import { TIERS } from './tiers.ts'

// As they stood when each was written, and not by today's list: a new series adds a migration that adds its columns.
const plain = 'cpuuser cpusystem iowait loadavg loadavg5 loadavg15 memtotal memused memcached swaptotal swapused'.split(
  ' '
)
const spiky = 'cpu temperature netin netout diskread diskwrite'.split(' ')

const columns = [
  ...plain.map((name) => `${name} REAL, ${name}_n INTEGER`),
  ...spiky.map((name) => `${name} REAL, ${name}_n INTEGER, ${name}_max REAL`)
]

/**
 * A table a tier: of each series the sum over the finest steps measured and their number, so that a coarser step is
 * made by adding, exactly and with the right weights over gaps.
 */
export const historyMigrations: readonly string[] = [
  TIERS.map(
    ({ seconds }) => `CREATE TABLE steps_${seconds} (at INTEGER PRIMARY KEY, ${columns.join(', ')}) STRICT;`
  ).join(' ')
]
