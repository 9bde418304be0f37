import type { PageProps } from '../../routes.ts'
import { DiskPage } from './disk-page.tsx'
import { StorageList } from './storage-list.tsx'

/** `#/storage` shows all of it; `#/storage/sda` one disk. */
export default function Storage({ rest: [disk] }: PageProps) {
  return disk === undefined ? <StorageList /> : <DiskPage key={disk} name={disk} />
}
