import { useSyncExternalStore } from 'react'

export interface Preferences {
  fontSize: number
  isForScreenReaders: boolean
  layout: 'tabs' | 'grid'
}

const KEY = 'terminal-preferences'
const SMALLEST = 8
const LARGEST = 28
// A phone shows about fifty columns at this size.
const fontSize = matchMedia('(width < 40rem)').matches ? 12 : 14
const defaults: Preferences = { fontSize, isForScreenReaders: false, layout: 'tabs' }

function read(): Preferences {
  try {
    const saved = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Preferences>
    return {
      fontSize: limit(Number(saved.fontSize) || defaults.fontSize),
      isForScreenReaders: saved.isForScreenReaders === true,
      layout: saved.layout === 'grid' ? 'grid' : 'tabs'
    }
  } catch {
    return defaults
  }
}

const limit = (size: number) => Math.min(LARGEST, Math.max(SMALLEST, Math.round(size)))

let preferences = read()
const listeners = new Set<() => void>()

export const getPreferences = (): Preferences => preferences

/** The preferences last as long as the browser tab. */
export function setPreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change }
  preferences.fontSize = limit(preferences.fontSize)
  try {
    sessionStorage.setItem(KEY, JSON.stringify(preferences))
  } catch {
    // Storage is disabled, so they last until the page is closed.
  }
  for (const listener of listeners) listener()
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const usePreferences = (): Preferences => useSyncExternalStore(subscribePreferences, getPreferences)
