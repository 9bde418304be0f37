import { useSyncExternalStore } from 'react'
import type { Status } from './state.ts'

export type Panel = Status['panel']
export type Tenant = NonNullable<NonNullable<Panel>['tenant']>

/** Undefined until the first response. */
let panel: Panel | undefined
const listeners = new Set<() => void>()

export function learnPanel(next: Panel): void {
  if (panel !== undefined && JSON.stringify(panel) === JSON.stringify(next)) return
  panel = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The panel that this host belongs to: null for a single host, undefined while unknown. */
export const usePanel = (): Panel | undefined => useSyncExternalStore(subscribe, () => panel)

/** The tenant whose page this is; null on a host, and for the operator of a panel. */
export const useTenant = (): Tenant | null => usePanel()?.tenant ?? null

/** The name of a tenant. Its slug stands in while the database is unavailable. */
export const nameOf = ({ name, slug }: Tenant): string => name ?? slug
