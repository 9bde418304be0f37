import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { type Static, Type } from 'typebox'
import { writeAtomically } from '../storage/atomic-write.ts'
import { readBounded } from '../storage/bounded-read.ts'
import { createDocumentReader } from '../storage/json-document.ts'
import { RECORD_FILE } from './types.ts'

/**
 * gateway.json in the state folder: the objects of the gateway on this host, written before each step that creates one.
 * After a kill, the next start uses it to undo the deployment. It never contains the auth key.
 */
const RecordSchema = Type.Object({
  /** `deploying` and `removing` are finished, by an undo or a removal, when the daemon starts. */
  phase: Type.Enum(['deploying', 'installed', 'removing'], { type: 'string' }),
  vmid: Type.Integer(),
  /** The MAC address of the container. It distinguishes our container from another with the same id. */
  hwaddr: Type.String(),
  /** `pct create` was started and has not ended. */
  creating: Type.Boolean(),
  /** A file with an auth key may exist in the container. */
  key_file: Type.Boolean(),
  hostname: Type.String(),
  storage: Type.String(),
  bridge: Type.String(),
  access: Type.Enum(['host', 'network', 'custom'], { type: 'string' }),
  routes: Type.Array(Type.String()),
  exit_node: Type.Boolean(),
  accept_routes: Type.Boolean(),
  /** The volume id of the template; empty before the first step. */
  template: Type.String(),
  /** The template was downloaded for this gateway. It is removed with it. */
  template_downloaded: Type.Boolean(),
  installed_at: Type.String(),
  installed_by: Type.String()
})
export type GatewayRecord = Static<typeof RecordSchema>

/** Opens the record. `current` is null without a gateway; `fault` says why the file cannot be read. */
export async function openRecord(stateDir: string) {
  const path = join(stateDir, RECORD_FILE)
  const parse = createDocumentReader(RecordSchema)
  let current: GatewayRecord | null = null
  let fault: string | null = null
  try {
    const found = await readBounded(path)
    const read = found.ok ? await parse(found.data) : found
    if (read.ok) current = read.data
    else fault = `${path}: ${read.fault}`
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT') fault = `${path}: ${code}`
  }
  return {
    current: () => current,
    fault: () => fault,
    /** Changes the record on disk, then in memory. Throws StorageError. */
    async save(changes: Partial<GatewayRecord> | GatewayRecord): Promise<void> {
      const next = { ...current, ...changes } as GatewayRecord
      await writeAtomically(path, `${JSON.stringify(next, null, 2)}\n`, 0o600)
      current = next
    },
    /** Forgets the gateway. Throws the system's error. */
    async clear(): Promise<void> {
      await unlink(path).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error
      })
      current = null
    }
  }
}
export type RecordFile = Awaited<ReturnType<typeof openRecord>>
