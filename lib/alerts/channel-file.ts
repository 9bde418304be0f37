import { type AlertsFile, AlertsFileSchema, type Channel } from '../../schemas/host/alerts.ts'
import { AppError } from '../api/errors.ts'
import type { FileLock } from '../storage/file-lock.ts'
import { createJsonFile } from '../storage/json-file.ts'
import { faultOfSettings } from './channel-settings.ts'

export interface ChannelFileOptions {
  path: string
  lock: FileLock
  onFault: (fault: string) => void
  onChange: () => void
}

/** A fault of alerts.json that its schema cannot express; null for none. */
function faultOf({ channels = [] }: AlertsFile): string | null {
  for (const [index, { type, settings }] of channels.entries()) {
    const fault = faultOfSettings(type, settings)
    if (fault) return `/channels/${index}/settings/${fault.field} ${fault.message}`
  }
  return null
}

/** Opens alerts.json, which holds the channels and their secrets. While it cannot be read, the last channels apply. */
export async function openChannelFile({ path, lock, onFault, onChange }: ChannelFileOptions) {
  let channels: readonly Channel[] = []
  let fault: string | null = null
  const file = createJsonFile({
    path,
    schema: AlertsFileSchema,
    checkMeaning: faultOf,
    lock,
    pollMs: 1000,
    onChange(state) {
      fault = state.status === 'broken' ? state.fault : null
      if (state.status === 'broken') onFault(state.fault)
      if (state.status !== 'ok') return
      channels = state.data.channels ?? []
      onChange()
    }
  })
  await file.open()
  return {
    channels: () => channels,
    /** Why alerts.json cannot be read; null if it can. */
    fault: () => fault,
    /** One transaction. Throws StorageError, and AppError BUSY while the file cannot be read. */
    update: <T>(edit: (draft: AlertsFile) => T): Promise<T> =>
      file.update(edit).catch((error: Error) => {
        if (error.name !== 'FileBrokenError') throw error
        const message = 'alerts.json cannot be read; the log says where the fault is'
        throw new AppError('BUSY', { message, retryAfter: 5 })
      }),
    close: () => file.close()
  }
}
