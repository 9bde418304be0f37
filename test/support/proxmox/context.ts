import { setInterval } from 'node:timers'
import { passTime } from '../waiting.ts'
import type { Store } from './store.ts'
import type { Fault, State } from './types.ts'

/** Ends the program with a text on standard error. Perl's die() in a command of Proxmox VE ends with 255. */
export class Died extends Error {
  code: number
  constructor(text: string, code = 255) {
    super(text)
    this.code = code
  }
}
export const die = (text: string, code?: number): never => {
  throw new Died(text, code)
}

/** The first line of a parameter error of PVE::RESTHandler, and what is wrong with which parameter. */
export const dieOfParameter = (name: string, text: string): never =>
  die(`400 Parameter verification failed.\n${name}: ${text}`)

export interface Context {
  store: Store
  /** The program and its words without options, by which faults and durations find it. */
  step: string[]
  out: (text: string) => void
  err: (text: string) => void
  stdin: () => string
}

const startsWith = (words: readonly string[], step: string) =>
  step.split(' ').every((word, i) => words[i] === word || (word.startsWith('/') && words[i]?.startsWith(word)))

function takeFault({ store, step }: Context, at: 'start' | 'half'): Fault | undefined {
  const moment = (fault: Fault) => fault.at ?? (fault.kind === 'killed' ? 'half' : 'start')
  const matches = (fault: Fault) => fault.times !== 0 && moment(fault) === at && startsWith(step, fault.step)
  if (!store.read().faults.some(matches)) return undefined
  return store.change(({ faults }) => {
    const fault = faults.find(matches)
    if (fault?.times !== undefined) fault.times--
    return fault
  })
}

/** Does here what the state asks to go wrong here. */
export async function checkpoint(context: Context, at: 'start' | 'half'): Promise<void> {
  const fault = takeFault(context, at)
  if (fault === undefined) return
  if (fault.kind === 'fail') die(fault.text, fault.code)
  if (fault.kind === 'slow') await passTime(fault.ms)
  if (fault.kind === 'killed') process.kill(process.pid, 'SIGKILL')
  if (fault.kind === 'hang' || fault.kind === 'killed') await hang()
}

/** Never ends; the timer keeps the process alive. */
export const hang = (): Promise<never> => new Promise(() => setInterval(() => {}, 60_000))

/** The time that this step takes, in so many parts. */
export async function takeTime({ store, step }: Context, parts = 1): Promise<void> {
  const ms = store.read().durations[step.slice(0, 2).join(' ')] ?? 0
  if (ms > 0) await passTime(ms / parts)
}

export const nodeOf = (state: State, name: string) =>
  state.nodes[name === 'localhost' ? state.node : name] ?? die(`no such cluster node '${name}'`)
