import { type Static, Type } from 'typebox'
import { Nullable, SuccessSchema } from '../foundation/answer.ts'
import { ClosedObject } from '../foundation/closed-object.ts'

export const MAX_PID = 4_194_304

const ProcessSortSchema = Type.Enum(['cpu', 'memory', 'mem', 'io', 'pid', 'name'], {
  type: 'string',
  description: 'The largest first, or by number or name; `mem` is `memory`. `cpu` unless told.'
})
export type ProcessSort = Static<typeof ProcessSortSchema>

export const ProcessesQuerySchema = ClosedObject({
  sort: Type.Optional(ProcessSortSchema),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, description: 'Rows; 50 unless told.' }))
})
export type ProcessesQuery = Static<typeof ProcessesQuerySchema>

export const ProcessParamsSchema = ClosedObject({
  pid: Type.String({
    pattern: '^([1-9]\\d{0,5}|[1-3]\\d{6}|4(0\\d{5}|1([0-8]\\d{4}|9([0-3]\\d{3}|4([0-2]\\d{2}|30[0-4])))))$',
    description: `A process id, 1 to ${MAX_PID}.`,
    examples: ['812']
  })
})

const number = (description: string, example: number) => Type.Number({ description, examples: [example] })
const integer = (description: string, example: number) => Type.Integer({ description, examples: [example] })
const text = (description: string, example: string) => Type.String({ description, examples: [example] })

const Reasons = Type.Unsafe<Record<string, string>>({
  type: 'object',
  additionalProperties: { type: 'string' },
  description: 'For each field that is null somewhere, why.',
  examples: [{}]
})

const shared = {
  pid: integer('Process id.', 812),
  ppid: Nullable(integer('Of its parent; 0 for what the kernel started.', 1)),
  cmdline: text(
    'With its arguments; in brackets the name of what has none, such as kernel threads.',
    'sshd: /usr/sbin/sshd -D'
  ),
  user: Nullable(text('Whose rights it has (effective user); the number of one without a name.', 'root')),
  uid: Nullable(integer('The same as a number.', 0)),
  state: text('R running, S sleeping, D waiting for a disk, Z zombie, T stopped, I idle kernel thread.', 'S'),
  cpu: Nullable(number('Percent of one processor since the scan before: four busy threads are 400, as in top.', 12.5)),
  mem: Nullable(number('Resident memory, percent of the host’s.', 0.1)),
  rss: Nullable(integer('Resident memory, bytes.', 8_650_752)),
  rss_kb: Nullable(number('The same in KiB.', 8448)),
  threads: Nullable(integer('Threads.', 1)),
  start_time: Nullable(text('When it was started, ISO-8601 UTC.', '2025-06-01T06:00:12.480Z')),
  read_bytes_per_second: Nullable(integer('Bytes a second it made the disks read since the scan before.', 0)),
  write_bytes_per_second: Nullable(integer('Bytes a second it made the disks write.', 4096))
}

const sampled = {
  timestamp: text('When this was read, ISO-8601 UTC.', '2025-06-01T12:00:00.000Z'),
  captured_at: integer('The same, in seconds since the epoch.', 1748779200),
  stale: Type.Boolean({ description: 'The newest scan failed or hangs: this is an older one.', examples: [false] })
}

export const ProcessesReplySchema = Type.Object({
  success: SuccessSchema,
  processes: Type.Array(Type.Object({ ...shared, command: text('Name, at most 15 bytes.', 'sshd') })),
  total: Nullable(integer('Processes there are.', 214)),
  sort: Type.Unsafe<ProcessSort>(text('How they are sorted.', 'cpu')),
  ...sampled,
  age_seconds: Nullable(integer('Seconds since then.', 2)),
  reasons: Reasons
})
export type ProcessesReply = Static<typeof ProcessesReplySchema>

export const ProcessReplySchema = Type.Object({
  success: SuccessSchema,
  ...shared,
  comm: text('Name, at most 15 bytes.', 'sshd'),
  group: Nullable(text('Effective group.', 'root')),
  gid: Nullable(integer('The same as a number.', 0)),
  exe: Nullable(text('The program’s file.', '/usr/sbin/sshd')),
  cwd: Nullable(text('Working directory.', '/')),
  parent_name: Nullable(text('Name of its parent.', 'systemd')),
  nice: Nullable(integer('-20, the most favoured, to 19.', 0)),
  elapsed: Nullable(text('Time since its start.', '5:59:48')),
  vm_rss_kb: Nullable(integer('Resident memory, KiB.', 8448)),
  vm_size_kb: Nullable(integer('Address space, KiB.', 15_440)),
  vm_swap_kb: Nullable(integer('Swapped out, KiB.', 0)),
  pss: Nullable(integer('Bytes, with shared pages divided among those who share them.', 2_437_120)),
  io_read_bytes: Nullable(integer('Bytes it made the disks read since its start.', 1_220_608)),
  io_write_bytes: Nullable(integer('Bytes it made the disks write since its start.', 40_960)),
  fd_count: Nullable(integer('Open file descriptors.', 4)),
  cgroup: Nullable(text('Control group.', '/system.slice/ssh.service')),
  oom_score: Nullable(integer('The higher, the sooner it is killed when memory runs out.', 0)),
  oom_score_adj: Nullable(integer('What was added to it.', -1000)),
  voluntary_switches: Nullable(integer('Times it gave up a processor.', 1201)),
  involuntary_switches: Nullable(integer('Times a processor was taken from it.', 14)),
  limits: Type.Array(
    Type.Object({
      name: text('As the kernel calls it.', 'Max open files'),
      soft: Nullable(integer('Null for none.', 1024)),
      hard: Nullable(integer('Null for none.', 524_288)),
      units: Nullable(text('Null for a plain number.', 'files'))
    })
  ),
  children: Type.Array(Type.Object({ pid: integer('Process id.', 3120), command: text('Name.', 'sshd') }), {
    description: 'At most 100.'
  }),
  ...sampled,
  reasons: Reasons
})
export type ProcessReply = Static<typeof ProcessReplySchema>
