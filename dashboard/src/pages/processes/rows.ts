import type { Process } from '../../parts/processes/process.ts'
import type { Sort, View } from './view.ts'

export interface Row {
  process: Process
  /** Number of ancestors that are shown above it; 0 in a list. */
  depth: number
  /** Shown only as the ancestor of another row. */
  isContext: boolean
}

const { compare } = new Intl.Collator('en', { numeric: true })
/** States by how much they deserve attention. */
const STATES = 'RDZTtSIX'

const ioOf = ({ read_bytes_per_second: read, write_bytes_per_second: written }: Process) =>
  read === null && written === null ? null : (read ?? 0) + (written ?? 0)

const values: Record<Sort, (process: Process) => number | string | null> = {
  name: ({ name }) => name,
  pid: ({ pid }) => pid,
  user: ({ user }) => user,
  cpu: ({ cpu }) => cpu,
  memory: ({ rss }) => rss,
  io: ioOf,
  state: ({ state }) => (STATES.includes(state) ? STATES.indexOf(state) : STATES.length)
}

/** Processes without a value come last in both directions. Equal ones are in the order of their PIDs. */
function orderOf({ sort, isDescending }: Pick<View, 'sort' | 'isDescending'>) {
  const measure = values[sort]
  const sign = isDescending ? -1 : 1
  return (a: Process, b: Process): number => {
    const [first, second] = [measure(a), measure(b)]
    if (first === null || second === null) return Number(first === null) - Number(second === null) || a.pid - b.pid
    const difference =
      typeof first === 'number' && typeof second === 'number' ? first - second : compare(String(first), String(second))
    return sign * difference || a.pid - b.pid
  }
}

function matcherOf(filter: string): (process: Process) => boolean {
  const wanted = filter.trim().toLowerCase()
  return ({ pid, name, command, cmdline, user }) =>
    wanted === '' ||
    String(pid) === wanted ||
    [name, command, cmdline, user ?? ''].some((text) => text.toLowerCase().includes(wanted))
}

/** Adds the ancestors of the chosen processes, and puts each process below its parent. Keeps the order among siblings. */
function arrange(
  all: readonly Process[],
  chosen: readonly Process[],
  order: (a: Process, b: Process) => number
): Row[] {
  const byPid = new Map(all.map((process) => [process.pid, process]))
  const parentOf = ({ pid, ppid }: Process) => (ppid === null || ppid === pid ? undefined : byPid.get(ppid))
  const shown = new Set<Process>()
  for (const process of chosen)
    for (let each: Process | undefined = process; each && !shown.has(each); each = parentOf(each)) shown.add(each)
  const roots: Process[] = []
  const children = new Map<Process, Process[]>()
  for (const process of [...shown].sort(order)) {
    const parent = parentOf(process)
    if (!parent) roots.push(process)
    else if (children.has(parent)) children.get(parent)!.push(process)
    else children.set(parent, [process])
  }
  const isChosen = new Set(chosen)
  const rows: Row[] = []
  // Without recursion: a chain of processes can be longer than the stack.
  const waiting: [Process, number][] = roots.reverse().map((root) => [root, 0])
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [process, depth] = next
    rows.push({ process, depth, isContext: !isChosen.has(process) })
    for (const child of (children.get(process) ?? []).toReversed()) waiting.push([child, depth + 1])
    shown.delete(process)
  }
  // A scan takes a while, in which a PID can be reused: processes that are each other's parents have no root.
  for (const process of shown) rows.push({ process, depth: 0, isContext: !isChosen.has(process) })
  return rows
}

/** The rows of a view, and how many processes match the filter. A tree has the same processes and their ancestors. */
export function rowsOf(all: readonly Process[], filter: string, view: View): { rows: Row[]; matching: number } {
  const order = orderOf(view)
  const matching = all.filter(matcherOf(filter)).sort(order)
  const chosen = view.limit === 'all' ? matching : matching.slice(0, Number(view.limit))
  const rows = view.isTree
    ? arrange(all, chosen, order)
    : chosen.map((process) => ({ process, depth: 0, isContext: false }))
  return { rows, matching: matching.length }
}

/** The line below a name: the command line, which starts with the script for an interpreter. */
export function detailOf({ cmdline, script }: Process): string {
  if (script === null) return cmdline
  const start = cmdline.indexOf(script)
  return start < 0 ? script : cmdline.slice(start)
}
