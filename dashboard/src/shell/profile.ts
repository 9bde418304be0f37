import { useSyncExternalStore } from 'react'
import { api, getBlob } from '../api/client.ts'
import type { Reply } from '../api/paths.ts'

interface Shown {
  profile: Reply<'/api/auth/profile'> | null
  /** An object URL of the avatar, or null. */
  avatarUrl: string | null
}

const nothing: Shown = { profile: null, avatarUrl: null }

let shown = nothing
let run = 0
const listeners = new Set<() => void>()

function show(next: Shown): void {
  if (shown.avatarUrl && shown.avatarUrl !== next.avatarUrl) URL.revokeObjectURL(shown.avatarUrl)
  shown = next
  for (const listener of listeners) listener()
}

/** Reloads the profile and its avatar. Call it after a change of either, so the header updates. */
export async function reloadProfile(): Promise<void> {
  const mine = ++run
  try {
    const profile = await api.get('/api/auth/profile')
    const same = profile.avatar_mtime === shown.profile?.avatar_mtime ? shown.avatarUrl : null
    const avatarUrl = profile.has_avatar
      ? (same ?? URL.createObjectURL(await getBlob('/api/auth/profile/avatar')))
      : null
    if (mine === run) show({ profile, avatarUrl })
  } catch {
    // The initial is shown instead. An error appears where the user requests something.
  }
}

/** Clears the profile when another user logs in. */
export function forgetProfile(): void {
  run++
  show(nothing)
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useProfile = (): Shown => useSyncExternalStore(subscribe, () => shown)
