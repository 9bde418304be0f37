import type { EntryList } from './entry-index.ts'
import { DATA, FIELD, readNumber } from './format.ts'
import type { JournalField, JournalFile } from './journal-file.ts'

const FIELD_HEADER = 40
const MAX_TABLE_BYTES = 1024 * 1024
const MAX_FIELDS = 4096
/** Beyond so many values of one field, going through all entries is no slower. */
const MAX_VALUES = 20_000
const MAX_VALUE_BYTES = 512

/**
 * Where the list of a field's values begins. The table is gone through from end to end, which needs no hash: it has a few
 * hundred places. 0 for a field that no entry has, null where that cannot be told.
 */
async function findField(file: JournalFile, name: string): Promise<number | null> {
  const { fieldTable, fieldTableSize } = file.header
  if (fieldTableSize === 0 || fieldTableSize > MAX_TABLE_BYTES) return null
  const table = await file.blocks.read(fieldTable, fieldTableSize)
  if (table === null) return null
  let seen = 0
  for (let place = 0; place + 16 <= table.length; place += 16) {
    let offset = readNumber(table, place)
    while (offset !== 0) {
      if (++seen > MAX_FIELDS) return null
      const object = await file.readObject(offset, FIELD, FIELD_HEADER + 64)
      if (object === null || object.bytes.length < FIELD_HEADER) return null
      if (object.bytes.toString('latin1', FIELD_HEADER) === name) return readNumber(object.bytes, 32)
      const next = readNumber(object.bytes, 24)
      // Later ones are linked behind earlier ones.
      if (next !== 0 && next <= offset) return null
      offset = next
    }
  }
  return 0
}

/** The entries of each value of a field that `accepts` takes; null where the file does not let them be told from others. */
export async function findEntryLists(
  file: JournalFile,
  name: JournalField | '_BOOT_ID',
  accepts: (value: string) => boolean,
  pause: () => Promise<unknown> | null
): Promise<EntryList[] | null> {
  const lists: EntryList[] = []
  let offset = await findField(file, name)
  if (offset === null) return null
  for (let seen = 0; offset !== 0; seen++) {
    if (seen === MAX_VALUES) return null
    await pause()
    const object = await file.readObject(offset, DATA, file.payloadAt + MAX_VALUE_BYTES)
    if (object === null || object.bytes.length < file.payloadAt || object.flags !== 0) return null
    const payload = object.bytes.toString('utf8', file.payloadAt)
    if (!payload.startsWith(`${name}=`)) return null
    if (accepts(payload.slice(name.length + 1))) {
      const first = readNumber(object.bytes, 40)
      const count = readNumber(object.bytes, 56)
      if (first !== 0 && count > 0) lists.push({ first, array: readNumber(object.bytes, 48), count })
    }
    const next = readNumber(object.bytes, 32)
    // New values are linked in front of old ones.
    if (next >= offset) return null
    offset = next
  }
  return lists
}
