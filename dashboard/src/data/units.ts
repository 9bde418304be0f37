import { useSyncExternalStore } from 'react'

/** How numbers are shown. `clock: auto` follows the browser. */
export interface Units {
  bytes: 'binary' | 'decimal'
  temperature: 'celsius' | 'fahrenheit'
  clock: 'auto' | '12' | '24'
}

const KEY = 'units'
/** In the order in which they are offered. */
export const unitChoices: { readonly [name in keyof Units]: readonly Units[name][] } = {
  bytes: ['binary', 'decimal'],
  temperature: ['celsius', 'fahrenheit'],
  clock: ['auto', '12', '24']
}
const defaultUnits: Units = { bytes: 'binary', temperature: 'celsius', clock: 'auto' }

/** One of the choices, or the default: another version may have stored something else. */
function known<N extends keyof Units>(name: N, value: unknown): Units[N] {
  return unitChoices[name].find((choice) => choice === value) ?? defaultUnits[name]
}

function read(): Units {
  try {
    const saved = (JSON.parse(localStorage.getItem(KEY) ?? '{}') ?? {}) as Partial<Record<keyof Units, unknown>>
    return {
      bytes: known('bytes', saved.bytes),
      temperature: known('temperature', saved.temperature),
      clock: known('clock', saved.clock)
    }
  } catch {
    return defaultUnits
  }
}

let units = read()
const listeners = new Set<() => void>()

function change(next: Units): void {
  units = next
  for (const listener of listeners) listener()
}

export const getUnits = (): Units => units

/** Kept in this browser. Other tabs follow. */
export function setUnits(changes: Partial<Units>): void {
  change({ ...units, ...changes })
  try {
    localStorage.setItem(KEY, JSON.stringify(units))
  } catch {
    // Storage is disabled, so they last until the page is closed.
  }
}

window.addEventListener('storage', ({ key }) => {
  if (key === KEY || key === null) change(read())
})

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** For components that show numbers made by data/format.ts and must follow a change of units. */
export const useUnits = (): Units => useSyncExternalStore(subscribe, getUnits)
