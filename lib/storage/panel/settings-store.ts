import { type Static, Type } from 'typebox'
import { type SettingsFile, SettingsFileSchema } from '../../../schemas/foundation/settings-file.ts'
import { AppError } from '../../api/errors.ts'
import { OPERATOR } from '../../auth/tenants.ts'
import { registerNetworkFormats } from '../../net/formats.ts'
import { type BoundedProxiesOptions, withBoundedProxies } from '../bounded-proxies.ts'
import { createDocumentReader } from '../json-document.ts'
import type { SettingsStore } from '../stores/settings.ts'
import type { PanelDatabase } from './database.ts'

export interface PanelSettingsOptions extends BoundedProxiesOptions {
  database: PanelDatabase
  /** Called when the stored settings are invalid: they were changed by hand, or by another version. */
  onFault: (fault: string) => void
}

/** Changes of other replicas arrive within a second. */
const POLL_MS = 500

/** The content of `system_preferences`. Of two answers the one with the higher revision is newer. */
const StoredSchema = Type.Object({ revision: Type.Integer({ minimum: 0 }), settings: SettingsFileSchema })
const EMPTY = JSON.stringify({ revision: 0, settings: {} })

type Stored = Static<typeof StoredSchema>

interface Row {
  value: string
}

/** Opens the settings of all replicas. While they cannot be read, the last valid settings apply. */
export async function openPanelSettings(options: PanelSettingsOptions): Promise<SettingsStore> {
  const { database, onFault } = options
  registerNetworkFormats()
  const parse = createDocumentReader(StoredSchema)
  const listeners: ((settings: SettingsFile) => void)[] = []
  let current: SettingsFile = {}
  let revision = 0
  /** The text last read, valid or not. */
  let known = EMPTY
  let polling: Promise<void> | undefined

  const publish = (text: string, next: Stored): void => {
    known = text
    revision = next.revision
    current = withBoundedProxies(next.settings, current, options)
    for (const listener of listeners) listener(current)
  }

  const read = async (): Promise<void> => {
    const before = revision
    const text = "SELECT value FROM system_preferences WHERE key = 'settings' AND value <> $1"
    const [row] = await database.query<Row>(OPERATOR, text, [known])
    const stored = row && (await parse(Buffer.from(row.value)))
    // A change by this replica was published meanwhile: the answer may be older.
    if (stored === undefined || revision !== before) return
    if (stored.ok) return publish(row!.value, stored.data)
    known = row!.value
    onFault(stored.fault)
  }

  const refresh = (): Promise<void> => {
    polling ??= read().finally(() => {
      polling = undefined
    })
    return polling
  }

  /** Locks, changes and stores the settings. `written` is null if `edit` changed nothing. */
  const change = <T>(edit: (draft: SettingsFile) => T) =>
    database.transaction(OPERATOR, async (query) => {
      await query("INSERT INTO system_preferences (key, value) VALUES ('settings', $1) ON CONFLICT DO NOTHING", [EMPTY])
      const [row] = await query<Row>("SELECT value FROM system_preferences WHERE key = 'settings' FOR UPDATE")
      const stored = await parse(Buffer.from(row!.value))
      if (!stored.ok) {
        const message = 'the settings cannot be read; the log says where the fault is'
        throw new AppError('BUSY', { message, retryAfter: 5 })
      }
      const draft = structuredClone(stored.data.settings)
      const result = edit(draft)
      if (JSON.stringify(draft) === JSON.stringify(stored.data.settings)) return { result, written: null }
      const text = JSON.stringify({ revision: stored.data.revision + 1, settings: draft } satisfies Stored)
      const checked = await parse(Buffer.from(text))
      if (!checked.ok) throw new Error(`refused to store settings that could not be read again: ${checked.fault}`)
      await query("UPDATE system_preferences SET value = $1 WHERE key = 'settings'", [text])
      return { result, written: { text, data: checked.data } }
    })

  await refresh()
  // The database itself reports that it is unavailable.
  const timer = setInterval(() => void refresh().catch(() => {}), POLL_MS).unref()

  return {
    current: () => current,
    onChange: (listener) => void listeners.push(listener),

    async update(edit) {
      const { result, written } = await change(edit)
      // The answer to an earlier commit may come later.
      if (written !== null && written.data.revision > revision) publish(written.text, written.data)
      return result
    },

    refresh,
    fault: () => database.fault(),

    async close() {
      clearInterval(timer)
      await polling?.catch(() => {})
    }
  }
}
