import type { SettingsFile } from '../../../schemas/foundation/settings-file.ts'
import type { StorageError } from '../storage-error.ts'

/** The settings from the dashboard. */
export interface SettingsStore {
  /**
   * The last readable settings, from memory, since every request reads the trusted proxies. Changes by another process
   * arrive within a second.
   */
  current(): SettingsFile
  /** Calls `listener` after each change, by any process. */
  onChange(listener: (settings: SettingsFile) => void): void
  /** One transaction, as AuthStore.change. Throws StorageError, and AppError BUSY while the settings cannot be read. */
  update<T>(change: (draft: SettingsFile) => T): Promise<T>
  /** Reads what other processes changed, now. */
  refresh(): Promise<void>
  /** Why the settings cannot be stored at present; null if they can. */
  fault(): StorageError | null
  close(): Promise<void>
}
