import { setTimeout as sleep } from 'node:timers/promises'
import { type HeldTty, holdTty } from './held-tty.ts'
import { findMarked } from './mark.ts'
import { isDead, keyOf, listProcesses, type Process, readProcess } from './process-table.ts'

export interface TerminalProcesses {
  /** The shell's pid, which is its session's. */
  leader: number
  /**
   * `/dev/pts/N`, while the PTY's master is open; null afterwards, for the number may then be another terminal's. Whether
   * it is open is looked at before the call returns, not later.
   */
  tty: string | null
  /** The value of MARK_VARIABLE, which no other terminal has. */
  mark: string
}

export interface EndOptions {
  killAfterMs?: number
  giveUpAfterMs?: number
}

const PAUSE_MS = 50
/** Looks in a row that find nobody, but some process they cannot ask, until nobody is believed to be left. */
const QUIET_LOOKS = 5

function addDescendants(members: Map<number, Process>, all: Process[]): void {
  const childrenOf = Map.groupBy(all, ({ parent }) => parent)
  // A Map's iteration reaches what is added during it.
  for (const { pid, start } of members.values()) {
    for (const child of childrenOf.get(pid) ?? []) if (child.start >= start) members.set(child.pid, child)
  }
}

interface Found {
  all: Process[]
  /** Of its session, with its mark, or descended from such. */
  members: Process[]
  /** With nothing in common with the terminal but its tty. */
  holders: Process[]
  isUnsure: boolean
}

/**
 * Finds the processes of a terminal. One that was found to be another's is looked at again only where that is asked for
 * (`afresh`); with `adopt` the holders of the tty, and their descendants, are members from now on.
 */
function createSearch({ leader, mark }: TerminalProcesses, tty: HeldTty | null) {
  const known = new Set<string>()
  const others = new Set<string>()

  /** What may be of this terminal, and whether its session's number still is its own. */
  const narrow = async (all: Process[]) => {
    const eligible = all.filter(({ pid }) => pid !== 1 && pid !== process.pid)
    const shell = eligible.find(({ pid }) => pid === leader)
    // As long as one process of a session is alive, nobody gets its number; after that anybody may.
    if (!shell) return { eligible, sessionIsOurs: true }
    const isShell = shell.parent === process.pid || (await findMarked(mark, [shell])).marked.has(shell)
    if (!isShell) return { eligible, sessionIsOurs: false }
    return { eligible: eligible.filter(({ start }) => start >= shell.start), sessionIsOurs: true }
  }

  const findHolders = async (all: Process[], strangers: Process[], members: Map<number, Process>) => {
    // Where it controls another session, its number was given to another terminal, unless that session is of this one.
    const owners = tty ? all.filter(tty.controls) : []
    const isOurs = owners.length === 0 || owners.some(({ pid }) => members.has(pid))
    const holders: Process[] = []
    for (const each of strangers) {
      if (tty && isOurs && (owners.includes(each) || (await tty.isOpenIn(each)))) holders.push(each)
    }
    return holders
  }

  return async (afresh: boolean, adopt: boolean): Promise<Found> => {
    if (afresh) others.clear()
    const all = await listProcesses()
    const { eligible, sessionIsOurs } = await narrow(all)
    const isMember = (each: Process) => (sessionIsOurs && each.session === leader) || known.has(keyOf(each))
    const unknown = eligible.filter((each) => !isMember(each) && !others.has(keyOf(each)))
    const { marked, unclear } = await findMarked(mark, unknown)
    const members = new Map(
      eligible.filter((each) => isMember(each) || marked.has(each)).map((each) => [each.pid, each])
    )
    addDescendants(members, eligible)
    const strangers = unknown.filter(({ pid }) => !members.has(pid))
    let holders = await findHolders(all, strangers, members)
    for (const each of strangers) if (!unclear.has(each)) others.add(keyOf(each))
    for (const each of holders) others.delete(keyOf(each))
    if (adopt) {
      for (const each of holders) members.set(each.pid, each)
      addDescendants(members, eligible)
      holders = []
    }
    for (const each of members.values()) known.add(keyOf(each))
    return { all, members: [...members.values()], holders, isUnsure: unclear.size > 0 }
  }
}

const isStill = (found: Process): boolean => {
  const now = readProcess(found.pid)
  return now !== null && now.start === found.start && !isDead(now)
}

/** A daemon that is not root may not signal all of them: the rest must not suffer from that. */
function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch {}
}

/** A group in which all are to go is killed as one, so that none of it forks in between. */
function kill(doomed: Process[], all: Process[]): void {
  const pids = new Set(doomed.map(({ pid }) => pid))
  const mixed = new Set(all.filter(({ pid }) => !pids.has(pid)).map(({ group }) => group))
  for (const each of doomed) {
    if (!isStill(each)) continue
    if (each.group > 1 && !mixed.has(each.group)) send(-each.group, 'SIGKILL')
    else send(each.pid, 'SIGKILL')
  }
}

async function endAll(
  terminal: TerminalProcesses,
  tty: HeldTty | null,
  killAt: number,
  giveUpAt: number
): Promise<number[]> {
  const search = createSearch(terminal, tty)
  const asked = new Set<string>()
  let quiet = 0
  for (let afresh = true; ; afresh = quiet > 0) {
    const isLate = performance.now() >= killAt
    // Whoever only holds the tty is first given the time to let go of it: a tmux server that was started elsewhere does,
    // when its client ends.
    let look: Found
    try {
      look = await search(afresh, isLate)
    } catch (error) {
      // The host has no descriptor to spare, and may have again.
      if (performance.now() >= giveUpAt) throw error
      await sleep(PAUSE_MS)
      continue
    }
    const { all, members, holders, isUnsure } = look
    const found = [...members, ...holders]
    quiet = found.length === 0 ? quiet + 1 : 0
    // Only where everybody was looked at in full is surely nobody left.
    const isDone = afresh && quiet >= (isUnsure ? QUIET_LOOKS : 1)
    if (isDone || performance.now() >= giveUpAt) return found.map(({ pid }) => pid)
    if (isLate) kill(members, all)
    for (const each of isLate ? [] : members.filter((each) => !asked.has(keyOf(each)) && isStill(each))) {
      asked.add(keyOf(each))
      send(each.pid, 'SIGHUP')
      send(each.pid, 'SIGCONT')
    }
    await sleep(PAUSE_MS)
  }
}

/**
 * Ends every process of a terminal: SIGHUP (and SIGCONT for stopped ones), after a second SIGKILL, again and again while
 * new ones come, for at most 3 s. `left` are the pids of those that are still there: what the daemon may not signal, and
 * what hangs in the kernel. docs/security.md says who is found, and who is not.
 */
export async function endProcesses(
  terminal: TerminalProcesses,
  { killAfterMs = 1000, giveUpAfterMs = 3000 }: EndOptions = {}
): Promise<{ left: number[] }> {
  const tty = terminal.tty === null ? null : holdTty(terminal.tty)
  const start = performance.now()
  try {
    return { left: await endAll(terminal, tty, start + killAfterMs, start + giveUpAfterMs) }
  } finally {
    tty?.release()
  }
}
