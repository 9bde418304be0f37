import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'
import { NamedObject } from '../foundation/named-object.ts'

export const MAX_PID = 4_194_304

const ProcessSortSchema = Type.Enum(['cpu', 'memory', 'mem', 'io', 'pid', 'name'], {
  type: 'string',
  description:
    'Sort order: largest first, or ascending for `pid` and `name`. `mem` is an alias of `memory`. Defaults to `cpu`.'
})
export type ProcessSort = Static<typeof ProcessSortSchema>

export const ProcessesQuerySchema = ClosedObject({
  sort: Type.Optional(ProcessSortSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, description: 'Number of rows; defaults to 50.' }))
})
export type ProcessesQuery = Static<typeof ProcessesQuerySchema>

export const ProcessParamsSchema = ClosedObject({
  pid: Type.Integer({ minimum: 1, maximum: MAX_PID, description: 'A process id.', examples: [812] })
})

const number = (description: string, example: number) => Type.Number({ description, examples: [example] })
const integer = (description: string, example: number) => Type.Integer({ description, examples: [example] })
const text = (description: string, example: string) => Type.String({ description, examples: [example] })

const Reasons = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'The reason for each field that is null in any row.',
  examples: [{}]
})

const shared = {
  pid: integer('Process id.', 812),
  ppid: Nullable(integer('Process id of the parent; 0 for processes started by the kernel.', 1)),
  cmdline: text(
    'Command line; the name in brackets for processes without a command line, such as kernel threads.',
    'sshd: /usr/sbin/sshd -D'
  ),
  name: text(
    'Name for people: the base name of the first argument. `command` or `comm` where that is not known; in brackets for kernel threads.',
    'sshd'
  ),
  script: Nullable(
    text(
      'The script or module that an interpreter runs, as in its arguments; null for other programs.',
      '/usr/bin/fail2ban-server'
    )
  ),
  user: Nullable(text('Effective user; its id if it has no name.', 'root')),
  uid: Nullable(integer('Effective user id.', 0)),
  state: text('R running, S sleeping, D waiting for a disk, Z zombie, T stopped, I idle kernel thread.', 'S'),
  cpu: Nullable(number('Percent of one processor since the last scan, as in top: four busy threads are 400.', 12.5)),
  mem: Nullable(number('Resident memory, percent of the host’s memory.', 0.1)),
  rss: Nullable(integer('Resident memory, bytes.', 8_650_752)),
  rss_kb: Nullable(number('Resident memory, KiB.', 8448)),
  threads: Nullable(integer('Threads.', 1)),
  start_time: Nullable(text('Start time, ISO-8601 UTC.', '2025-06-01T06:00:12.480Z')),
  read_bytes_per_second: Nullable(integer('Bytes per second read from disks for this process since the last scan.', 0)),
  write_bytes_per_second: Nullable(
    integer('Bytes per second written to disks for this process since the last scan.', 4096)
  )
}

const sampled = {
  timestamp: text('When the values were read, ISO-8601 UTC.', '2025-06-01T12:00:00.000Z'),
  captured_at: integer('The same time in seconds since the epoch.', 1748779200),
  stale: Type.Boolean({
    description: 'The last scan failed or hangs: the values are from an earlier scan.',
    examples: [false]
  })
}

export const ProcessesReplySchema = Type.Object({
  success: SuccessSchema,
  processes: Type.Array(NamedObject('Process', { ...shared, command: text('Name, at most 15 bytes.', 'sshd') })),
  total: Nullable(integer('Number of processes on the host.', 214)),
  sort: Type.Unsafe<ProcessSort>(text('Sort order of this answer.', 'cpu')),
  ...sampled,
  age_seconds: Nullable(integer('Seconds since `timestamp`.', 2)),
  reasons: Reasons
})
export type ProcessesReply = Static<typeof ProcessesReplySchema>

export const ProcessReplySchema = Type.Object({
  success: SuccessSchema,
  ...shared,
  comm: text('Name, at most 15 bytes.', 'sshd'),
  group: Nullable(text('Effective group.', 'root')),
  gid: Nullable(integer('Effective group id.', 0)),
  exe: Nullable(text('Path of the executable.', '/usr/sbin/sshd')),
  cwd: Nullable(text('Working directory.', '/')),
  parent_name: Nullable(text('Name of the parent process, for people.', 'systemd')),
  nice: Nullable(integer('Nice value, from -20 (highest priority) to 19.', 0)),
  elapsed: Nullable(text('Time since its start.', '5:59:48')),
  vm_rss_kb: Nullable(integer('Resident memory, KiB.', 8448)),
  vm_size_kb: Nullable(integer('Address space, KiB.', 15_440)),
  vm_swap_kb: Nullable(integer('Swapped out, KiB.', 0)),
  pss: Nullable(integer('Proportional set size, bytes: shared pages are divided among their processes.', 2_437_120)),
  io_read_bytes: Nullable(integer('Bytes read from disks for this process since its start.', 1_220_608)),
  io_write_bytes: Nullable(integer('Bytes written to disks for this process since its start.', 40_960)),
  fd_count: Nullable(integer('Open file descriptors.', 4)),
  cgroup: Nullable(text('Control group.', '/system.slice/ssh.service')),
  oom_score: Nullable(integer('OOM score: processes with a higher score are killed first when memory runs out.', 0)),
  oom_score_adj: Nullable(integer('Adjustment of the OOM score.', -1000)),
  voluntary_switches: Nullable(integer('Voluntary context switches.', 1201)),
  involuntary_switches: Nullable(integer('Involuntary context switches.', 14)),
  limits: Type.Array(
    NamedObject('ProcessLimit', {
      name: text('Name of the limit in the kernel.', 'Max open files'),
      soft: Nullable(integer('Soft limit; null if unlimited.', 1024)),
      hard: Nullable(integer('Hard limit; null if unlimited.', 524_288)),
      units: Nullable(text('Unit; null for a plain number.', 'files'))
    })
  ),
  children: Type.Array(
    NamedObject('ProcessChild', {
      pid: integer('Process id.', 3120),
      command: text('Name, at most 15 bytes.', 'sshd'),
      name: text('Name for people.', 'sshd')
    }),
    {
      description: 'Child processes, at most 100.'
    }
  ),
  ...sampled,
  reasons: Reasons
})
export type ProcessReply = Static<typeof ProcessReplySchema>
