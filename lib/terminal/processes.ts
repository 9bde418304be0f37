import { setTimeout as sleep } from 'node:timers/promises'
import { type HeldTty, holdTty } from './held-tty.ts'
import { findMarked } from './mark.ts'
import { isDead, keyOf, listProcesses, type Process, readProcess } from './process-table.ts'

export interface TerminalProcesses {
  /** The shell's pid, which is also its session id. */
  leader: number
  /**
   * `/dev/pts/N` while the PTY's master is open; null afterwards, since another terminal may reuse the number. It is
   * opened before the call returns.
   */
  tty: string | null
  /** The value of MARK_VARIABLE, unique for this terminal. */
  mark: string
}

export interface EndOptions {
  killAfterMs?: number
  giveUpAfterMs?: number
}

const PAUSE_MS = 50
/** Consecutive empty scans after which the terminal counts as ended although some processes were unreadable. */
const EMPTY_SCANS = 5

/**
 * A program that the daemon is just starting: until its exec it has all descriptors of the daemon open, this tty's too.
 * As PID 1 of a container the daemon is also the parent of processes that a terminal left behind.
 */
const isStartedByDaemon = ({ parent }: Process): boolean => parent === process.pid && process.pid !== 1

function addDescendants(members: Map<number, Process>, all: Process[]): void {
  const childrenOf = Map.groupBy(all, ({ parent }) => parent)
  // Iteration over a Map includes the entries added during it.
  for (const { pid, start } of members.values()) {
    for (const child of childrenOf.get(pid) ?? []) if (child.start >= start) members.set(child.pid, child)
  }
}

interface Found {
  all: Process[]
  /** Processes of its session, with its mark, or descended from these. */
  members: Process[]
  /** Processes that share only the tty with the terminal. */
  holders: Process[]
  hasUnreadable: boolean
}

/**
 * Finds the processes of a terminal. Processes found to be unrelated are examined again only with `rescan`; with
 * `adopt` the holders of the tty and their descendants become members.
 */
function createSearch({ leader, mark }: TerminalProcesses, tty: HeldTty | null) {
  const known = new Set<string>()
  const unrelated = new Set<string>()

  /** The processes that can belong to this terminal, and whether its session id still is its own. */
  const selectEligible = async (all: Process[]) => {
    const eligible = all.filter(({ pid }) => pid !== 1 && pid !== process.pid)
    const shell = eligible.find(({ pid }) => pid === leader)
    // The kernel reuses a session id only after the last process of the session has ended.
    if (!shell) return { eligible, sessionIsOurs: true }
    const isShell = shell.parent === process.pid || (await findMarked(mark, [shell])).marked.has(shell)
    if (!isShell) return { eligible, sessionIsOurs: false }
    return { eligible: eligible.filter(({ start }) => start >= shell.start), sessionIsOurs: true }
  }

  const findHolders = async (all: Process[], strangers: Process[], members: Map<number, Process>) => {
    // If the tty controls a session without a member in it, its number was reused for another terminal.
    const owners = tty ? all.filter(tty.controls) : []
    const isOurs = owners.length === 0 || owners.some(({ pid }) => members.has(pid))
    const holders: Process[] = []
    for (const each of strangers.filter((each) => !isStartedByDaemon(each))) {
      if (tty && isOurs && (owners.includes(each) || (await tty.isOpenIn(each)))) holders.push(each)
    }
    return holders
  }

  return async (rescan: boolean, adopt: boolean): Promise<Found> => {
    if (rescan) unrelated.clear()
    const all = await listProcesses()
    const { eligible, sessionIsOurs } = await selectEligible(all)
    const isMember = (each: Process) => (sessionIsOurs && each.session === leader) || known.has(keyOf(each))
    const unknown = eligible.filter((each) => !isMember(each) && !unrelated.has(keyOf(each)))
    const { marked, unreadable } = await findMarked(mark, unknown)
    const members = new Map(
      eligible.filter((each) => isMember(each) || marked.has(each)).map((each) => [each.pid, each])
    )
    addDescendants(members, eligible)
    const strangers = unknown.filter(({ pid }) => !members.has(pid))
    let holders = await findHolders(all, strangers, members)
    for (const each of strangers) if (!unreadable.has(each)) unrelated.add(keyOf(each))
    for (const each of holders) unrelated.delete(keyOf(each))
    if (adopt) {
      for (const each of holders) members.set(each.pid, each)
      addDescendants(members, eligible)
      holders = []
    }
    for (const each of members.values()) known.add(keyOf(each))
    return { all, members: [...members.values()], holders, hasUnreadable: unreadable.size > 0 }
  }
}

const isStillAlive = (found: Process): boolean => {
  const now = readProcess(found.pid)
  return now !== null && now.start === found.start && !isDead(now)
}

/** Ignores errors: a daemon that is not root lacks permission for some processes and must still signal the others. */
function send(target: number, signal: NodeJS.Signals): void {
  try {
    process.kill(target, signal)
  } catch {}
}

/** Kills a group at once where all its processes are targets, so that no process forks in between. */
function kill(targets: Process[], all: Process[]): void {
  const pids = new Set(targets.map(({ pid }) => pid))
  const sharedGroups = new Set(all.filter(({ pid }) => !pids.has(pid)).map(({ group }) => group))
  for (const each of targets) {
    if (!isStillAlive(each)) continue
    if (each.group > 1 && !sharedGroups.has(each.group)) send(-each.group, 'SIGKILL')
    else send(each.pid, 'SIGKILL')
  }
}

async function endUntil(
  terminal: TerminalProcesses,
  tty: HeldTty | null,
  killAt: number,
  giveUpAt: number
): Promise<number[]> {
  const search = createSearch(terminal, tty)
  const signalled = new Set<string>()
  let emptyScans = 0
  for (let rescan = true; ; rescan = emptyScans > 0) {
    const mustKill = performance.now() >= killAt
    // Processes that only hold the tty first get time to close it: a tmux server of another session does so when its
    // client ends.
    let scan: Found
    try {
      scan = await search(rescan, mustKill)
    } catch (error) {
      // The host may be out of file descriptors for a moment.
      if (performance.now() >= giveUpAt) throw error
      await sleep(PAUSE_MS)
      continue
    }
    const { all, members, holders, hasUnreadable } = scan
    const found = [...members, ...holders]
    emptyScans = found.length === 0 ? emptyScans + 1 : 0
    // Only a full scan proves that no process is left.
    const allEnded = rescan && emptyScans >= (hasUnreadable ? EMPTY_SCANS : 1)
    if (allEnded || performance.now() >= giveUpAt) return found.map(({ pid }) => pid)
    if (mustKill) kill(members, all)
    for (const each of mustKill ? [] : members.filter((each) => !signalled.has(keyOf(each)) && isStillAlive(each))) {
      signalled.add(keyOf(each))
      send(each.pid, 'SIGHUP')
      send(each.pid, 'SIGCONT')
    }
    await sleep(PAUSE_MS)
  }
}

/**
 * Ends every process of a terminal: SIGHUP (with SIGCONT for stopped processes), after a second SIGKILL, repeated for
 * new processes for at most 3 s. `left` has the pids of the survivors: processes that the daemon may not signal or that
 * hang in the kernel. docs/security.md says which processes are found. Throws if /proc cannot be read for 3 s.
 */
export async function endProcesses(
  terminal: TerminalProcesses,
  { killAfterMs = 1000, giveUpAfterMs = 3000 }: EndOptions = {}
): Promise<{ left: number[] }> {
  const tty = terminal.tty === null ? null : holdTty(terminal.tty)
  const start = performance.now()
  try {
    return { left: await endUntil(terminal, tty, start + killAfterMs, start + giveUpAfterMs) }
  } finally {
    tty?.release()
  }
}
