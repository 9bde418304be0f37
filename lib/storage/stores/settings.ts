import type { SettingsFile } from '../../../schemas/foundation/settings-file.ts'

/** What operators set in the dashboard. */
export interface SettingsStore {
  /**
   * The newest settings that could be read, from memory: every request reads the trusted proxies. Another process's change
   * arrives within a second.
   */
  current(): SettingsFile
  /** Calls `listener` after each change, by whichever process. */
  onChange(listener: (settings: SettingsFile) => void): void
  /** One transaction, as AuthStore.change. Throws StorageError, and AppError BUSY while the settings cannot be read. */
  update<T>(change: (draft: SettingsFile) => T): Promise<T>
}
