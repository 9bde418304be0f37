import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomically } from '../storage/atomic-write.ts'

const ID = /^[\w-]{22}$/

/** The id of this host among the replicas of a panel, made at the first start. Throws the system's error. */
export async function readHostId(stateDir: string): Promise<string> {
  const path = join(stateDir, 'host-id')
  const known = (await readFile(path, 'utf8').catch(() => '')).trim()
  if (ID.test(known)) return known
  const id = randomBytes(16).toString('base64url')
  await writeAtomically(path, `${id}\n`, 0o600)
  return id
}
