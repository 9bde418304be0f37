import type { Reply } from '../../api/paths.ts'
import type { LiveData } from '../../data/live.ts'

export type Storage = LiveData['storage']
export type Disk = Storage['disks'][number]
export type Smart = Reply<'/api/storage/smart/{disk}'>
export type SmartData = NonNullable<Smart['smart_data']>
