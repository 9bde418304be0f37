import type { Reply } from '../../../api/paths.ts'

export type Reseller = Reply<'/api/resellers'>['resellers'][number]

/** The amount that the user typed, with a decimal point or comma; null if it is not an amount. */
export function readAmount(typed: string): number | null {
  const amount = typed.trim()
  return /^-?\d{1,12}([.,]\d{1,2})?$/.test(amount) ? Number(amount.replace(',', '.')) : null
}
