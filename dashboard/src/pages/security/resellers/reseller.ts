import type { Reply } from '../../../api/paths.ts'
import type { User } from '../../../session/state.ts'

export type Reseller = Reply<'/api/resellers'>['resellers'][number]

/** The daemon's rule: users of a reseller cannot manage resellers, whatever their permissions. */
export const mayManageResellers = ({ permissions, reseller_id }: User): boolean =>
  reseller_id === 0 && (permissions.includes('*') || permissions.includes('resellers.manage'))

/** The amount that the user typed, with a decimal point or comma; null if it is not an amount. */
export function readAmount(typed: string): number | null {
  const amount = typed.trim()
  return /^-?\d{1,12}([.,]\d{1,2})?$/.test(amount) ? Number(amount.replace(',', '.')) : null
}
