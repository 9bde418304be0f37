import { join } from 'node:path'
import type { PairBody } from '../../schemas/security/ssl.ts'
import { versionOf } from './pem-file.ts'

export const PROXMOX_FOLDER = '/etc/pve/local'

/**
 * The certificate files of Proxmox: those its administrator uploaded, else its own; null if there are no such files.
 */
export async function findProxmoxPair(folder: string): Promise<PairBody | null> {
  for (const name of ['pveproxy-ssl', 'pve-ssl']) {
    const pair = { cert_path: join(folder, `${name}.pem`), key_path: join(folder, `${name}.key`) }
    if ((await versionOf(pair.cert_path)) && (await versionOf(pair.key_path))) return pair
  }
  return null
}
