import type { Reply } from '../../api/paths.ts'

export type Process = Reply<'/api/processes'>['processes'][number]
