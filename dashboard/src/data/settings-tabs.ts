import type { User } from '../session/state.ts'
import type { t } from '../texts/index.ts'

export interface SettingsTab {
  /** The last part of its address. */
  value: keyof typeof t.settingsTabs
  permissions: readonly User['permissions'][number][]
}

/** The tabs in their order. */
export const settingsTabs: readonly SettingsTab[] = [
  { value: 'display', permissions: [] },
  { value: 'health', permissions: ['system.view'] },
  { value: 'alerts', permissions: ['alerts.manage'] },
  { value: 'access', permissions: ['security.view'] },
  { value: 'terminal', permissions: ['security.view'] },
  { value: 'environment', permissions: ['security.view'] }
]
