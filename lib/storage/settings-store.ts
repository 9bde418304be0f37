import { type SettingsFile, SettingsFileSchema } from '../../schemas/foundation/settings-file.ts'
import { AppError } from '../api/errors.ts'
import { registerNetworkFormats } from '../net/formats.ts'
import { type BoundedProxiesOptions, withBoundedProxies } from './bounded-proxies.ts'
import type { FileLock } from './file-lock.ts'
import { createJsonFile } from './json-file.ts'
import type { SettingsStore } from './stores/settings.ts'

export interface SettingsStoreOptions extends BoundedProxiesOptions {
  path: string
  lock: FileLock
  onFault: (fault: string) => void
}

/** Opens settings.json as a SettingsStore. While it cannot be read, the last valid settings apply. */
export async function openSettingsStore(options: SettingsStoreOptions): Promise<SettingsStore> {
  const { path, lock, onFault } = options
  registerNetworkFormats()
  const listeners: ((settings: SettingsFile) => void)[] = []
  let current: SettingsFile = {}
  const file = createJsonFile({
    path,
    schema: SettingsFileSchema,
    lock,
    onChange(state) {
      if (state.status === 'broken') onFault(state.fault)
      if (state.status !== 'ok') return
      current = withBoundedProxies(state.data, current, options)
      for (const listener of listeners) listener(current)
    }
  })
  await file.open()
  return {
    current: () => current,
    onChange: (listener) => void listeners.push(listener),
    update: (edit) =>
      file.update(edit).catch((error: Error) => {
        if (error.name !== 'FileBrokenError') throw error
        const message = 'settings.json cannot be read; the log says where the fault is'
        throw new AppError('BUSY', { message, retryAfter: 5 })
      }),
    refresh: file.refresh,
    fault: file.fault,
    close: file.close
  }
}
