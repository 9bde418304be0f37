import type { AuthFile } from '../../schemas/auth/auth-file.ts'
import type { CredentialRecord } from './accounts.ts'
import { costFaultOf, costFaultsOf } from './passwords/cost.ts'

function faultsOfRecord(record: CredentialRecord, path: string): string[] {
  const fault = record.password_hash ? costFaultOf(record.password_hash) : null
  const unused = [...(record.backup_codes ?? []).entries()].filter(([, { used }]) => !used)
  const ofCodes = costFaultsOf(unused.map(([, { code }]) => code)).flatMap((each, i) =>
    each === null ? [] : [`${path}/backup_codes/${unused[i]![0]}/code ${each}: this backup code is not accepted`]
  )
  return [
    ...(fault === null ? [] : [`${path}/password_hash ${fault}: this user cannot log in until the password is reset`]),
    ...ofCodes
  ]
}

function faultsOfResellers({ users = [], resellers = [] }: AuthFile): string[] {
  const known = new Set([0, ...resellers.map(({ id }) => id)])
  return users.flatMap(({ reseller_id: id = 0 }, i) =>
    known.has(id) ? [] : [`/users/${i}/reseller_id names no reseller: this user cannot log in`]
  )
}

/** Faults in auth.json that disable a single entry, each with its path. A fault never quotes the value. */
export const entryFaultsOf = (file: AuthFile): string[] => [
  ...faultsOfRecord(file, ''),
  ...faultsOfResellers(file),
  ...(file.users ?? []).flatMap((user, i) => faultsOfRecord(user, `/users/${i}`))
]
