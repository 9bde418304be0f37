import type { Reply } from '../../api/paths.ts'

/** What this host says of the request it was asked by. */
export type Report = Reply<'/api/security/connection'>
