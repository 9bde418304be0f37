import { DatabaseSync } from 'node:sqlite'
import { type AlertRecords, type ChannelRecord, emptyRecord, type Message } from '../alerts/records.ts'
import type { MemoryTables, StateDatabase } from './state-database.ts'

/** Migrations of alerts.sqlite. Entries are only ever added. */
export const alertMigrations: readonly string[] = [
  `CREATE TABLE messages (id INTEGER PRIMARY KEY, message TEXT NOT NULL) STRICT;
   CREATE TABLE channel_records (channel TEXT PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID;`
]

/** Removes what waits from a copy of the file: a backup must not send old messages again. Throws SQLite's errors. */
export function dropWaiting(path: string): void {
  const database = new DatabaseSync(path)
  try {
    database.exec(`DELETE FROM messages WHERE json_valid(message) AND message ->> 'state' = 'waiting';
      UPDATE channel_records SET record = json_set(record, '$.pending', json('[]'), '$.more', 0)
        WHERE json_valid(record);`)
  } finally {
    database.close()
  }
}

/** Finished messages in the history. */
const MAX_FINISHED = 500

/** Messages and channel records in memory, saved to the file: alerts are sent on a full disk too (decision 27). */
export function createAlertStore(state: Pick<StateDatabase, 'attach' | 'save'>): AlertRecords {
  const messages = new Map<number, Message>()
  const records = new Map<string, ChannelRecord>()
  const changedMessages = new Set<number>()
  const changedRecords = new Set<string>()
  let lastId = 0

  const prune = () => {
    let excess = [...messages.values()].filter((message) => message.state !== 'waiting').length - MAX_FINISHED
    for (const [id, message] of messages) {
      if (excess <= 0) return
      if (message.state === 'waiting') continue
      messages.delete(id)
      changedMessages.add(id)
      excess--
    }
  }

  const tables: MemoryTables = {
    names: ['messages', 'channel_records'],
    load(sql) {
      for (const row of sql.all`SELECT * FROM messages WHERE json_valid(message) ORDER BY id`) {
        lastId = row.id as number
        messages.set(lastId, { ...(JSON.parse(row.message as string) as Message), id: lastId })
      }
      for (const row of sql.all`SELECT * FROM channel_records WHERE json_valid(record)`)
        records.set(row.channel as string, { ...emptyRecord(), ...JSON.parse(row.record as string) })
    },
    hasChanges: () => changedMessages.size > 0 || changedRecords.size > 0,
    markAll() {
      for (const id of messages.keys()) changedMessages.add(id)
      for (const channel of records.keys()) changedRecords.add(channel)
    },
    write(sql) {
      for (const id of changedMessages) {
        const message = messages.get(id)
        if (message) sql.run`INSERT OR REPLACE INTO messages VALUES (${id}, ${JSON.stringify(message)})`
        else sql.run`DELETE FROM messages WHERE id = ${id}`
      }
      for (const channel of changedRecords) {
        const record = records.get(channel)
        if (record) sql.run`INSERT OR REPLACE INTO channel_records VALUES (${channel}, ${JSON.stringify(record)})`
        else sql.run`DELETE FROM channel_records WHERE channel = ${channel}`
      }
    },
    written() {
      changedMessages.clear()
      changedRecords.clear()
    }
  }
  state.attach(tables)

  return {
    recordOf(channelId) {
      const record = records.get(channelId) ?? emptyRecord()
      records.set(channelId, record)
      return record
    },
    touch: (channelId) => void changedRecords.add(channelId),
    forget(channelId) {
      records.delete(channelId)
      changedRecords.add(channelId)
    },
    messages: () => [...messages.values()],
    add(written) {
      const message = { ...written, id: ++lastId }
      messages.set(lastId, message)
      changedMessages.add(lastId)
      prune()
      return message
    },
    change(message, changes) {
      Object.assign(message, changes)
      changedMessages.add(message.id)
      if (changes.state) prune()
    },
    hasChanges: tables.hasChanges,
    save: () => state.save()
  }
}
