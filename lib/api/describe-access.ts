import type { Requirement } from '../auth/access.ts'

/** Who may call a route, from its `config`. */
export interface AccessFacts {
  /** Null for a route without a token. */
  requirement: Requirement | null
  checksSetupCode: boolean
  /** The route reads the refresh cookie in place of a token. */
  readsRefreshCookie: boolean
  /** The route is open, and its answer depends on the token. */
  readsToken: boolean
  stepUp: boolean
}

const tokens = {
  read_only: 'An API token of any scope is enough.',
  full_admin: 'An API token must have the scope `full_admin`.',
  session: 'API tokens are refused.'
} as const

/** Who may call a route, in sentences for the description. */
export function describeAccess({ requirement, checksSetupCode, readsRefreshCookie, stepUp }: AccessFacts): string {
  if (checksSetupCode) return 'Open to every caller until authentication is set up.'
  if (readsRefreshCookie) return 'Requires the refresh cookie.'
  if (!requirement) return 'Open to every caller.'
  const { permission, scope, owner } = requirement
  const names = permission && [permission].flat().map((name) => `\`${name}\``)
  return [
    owner ? 'Only for the owner.' : names ? `Requires the permission ${names.join(' or ')}.` : 'For every user.',
    tokens[scope],
    ...(stepUp ? ['The session must have been confirmed within five minutes.'] : [])
  ].join(' ')
}
