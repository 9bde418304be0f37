import type { Reply } from '../../api/paths.ts'

export type Hardware = Reply<'/api/hardware'>
export type Gpu = NonNullable<Hardware['gpus']>[number]
export type Ups = NonNullable<Hardware['ups']>[number]

/** The daemon's reason for a part that a program is still reading. */
const NOT_YET = 'not measured yet'

/** Whether a later answer will have more. */
export const isIncomplete = ({ sources }: Hardware): boolean =>
  Object.values(sources).some(({ reason }) => reason === NOT_YET)

export const isPending = (reason: string | null | undefined): boolean => reason === NOT_YET
