import { TIERS } from './tiers.ts'

// The columns at the time of the first migration. A new series needs a new migration that adds its columns.
const plain = 'cpuuser cpusystem iowait loadavg loadavg5 loadavg15 memtotal memused memcached swaptotal swapused'.split(
  ' '
)
const spiky = 'cpu temperature netin netout diskread diskwrite'.split(' ')

const columns = [
  ...plain.map((name) => `${name} REAL, ${name}_n INTEGER`),
  ...spiky.map((name) => `${name} REAL, ${name}_n INTEGER, ${name}_max REAL`)
]

/**
 * One table per tier. Each series has the sum over its finest measured steps, and their count. Coarser steps are made by
 * adding, which is exact and gives gaps the right weight.
 */
export const historyMigrations: readonly string[] = [
  TIERS.map(
    ({ seconds }) => `CREATE TABLE steps_${seconds} (at INTEGER PRIMARY KEY, ${columns.join(', ')}) STRICT;`
  ).join(' '),
  // Per interface. By time first: writing and removing concern the steps of a time, of all interfaces.
  TIERS.map(
    ({ seconds }) => `CREATE TABLE interface_steps_${seconds} (at INTEGER, interface TEXT, n INTEGER,
      netin REAL, netin_max REAL, netout REAL, netout_max REAL, PRIMARY KEY (at, interface)) STRICT, WITHOUT ROWID;`
  ).join(' '),
  // Per disk, likewise. The temperature has a count of its own, since not every disk reports one.
  TIERS.map(
    ({ seconds }) => `CREATE TABLE disk_steps_${seconds} (at INTEGER, disk TEXT, n INTEGER,
      diskread REAL, diskread_max REAL, diskwrite REAL, diskwrite_max REAL, utilization REAL,
      temperature REAL, temperature_n INTEGER, PRIMARY KEY (at, disk)) STRICT, WITHOUT ROWID;`
  ).join(' ')
]
