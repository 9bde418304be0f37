import { goTo } from '../router.ts'

/** The terminal that another page asked for. Not in the address: a link from elsewhere must not open a shell. */
let requested: string | null = null

/** Goes to the terminal page, which opens this target. */
export function requestTerminal(target: string): void {
  requested = target
  goTo('terminal')
}

export function takeRequestedTerminal(): string | null {
  const target = requested
  requested = null
  return target
}
