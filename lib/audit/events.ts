import { type AuditLevel, formatLine } from './line.ts'

/** Whom an event is about. */
export interface Actor {
  address: string
  /** As the client wrote it; escaping is this module's. */
  user: string
  /** Whom they did it to, where that is another. */
  target?: string
}

export interface AuditOptions {
  append: (line: string) => void
  now: () => number
}

/**
 * Security events, one function each: no text reaches the log but these and an escaped actor. The first two are the
 * document's lines to the letter, its two spaces included.
 */
export function createAudit({ append, now }: AuditOptions) {
  const event = (level: AuditLevel, text: string) => (actor: Actor) =>
    append(formatLine({ at: new Date(now()), level, event: text, ...actor }))

  return {
    loginFailed: event('WARNING', 'authentication failure;'),
    loginSucceeded: event('INFO', 'authentication success; '),
    loginUnusual: event('WARNING', 'login from a new address;'),
    lockedOut: event('WARNING', 'locked out;'),
    ownerCreated: event('WARNING', 'first-launch setup;'),
    setupCodeWrong: event('WARNING', 'first-launch code wrong;'),
    protectionDeclined: event('WARNING', 'protection declined;'),
    protectionDisabled: event('WARNING', 'authentication disabled;'),
    protectionEnabled: event('INFO', 'authentication enabled;'),
    loggedOut: event('INFO', 'session ended;'),
    sessionsEnded: event('INFO', 'other sessions ended;'),
    refreshReplayed: event('WARNING', 'refresh token replayed, all sessions ended;'),
    passwordChanged: event('WARNING', 'password changed;'),
    tokenMinted: event('WARNING', 'API token minted;'),
    tokenRotated: event('WARNING', 'API token rotated;'),
    tokenRevoked: event('INFO', 'API token revoked;'),
    secondFactorEnabled: event('WARNING', 'second factor on;'),
    secondFactorReplaced: event('WARNING', 'second factor replaced;'),
    secondFactorDisabled: event('WARNING', 'second factor off;'),
    backupCodesReplaced: event('WARNING', 'backup codes replaced;'),
    backupCodeUsed: event('WARNING', 'backup code used;'),
    backupCodesLow: event('WARNING', 'few backup codes left;'),
    userCreated: event('WARNING', 'user created;'),
    userChanged: event('WARNING', 'user changed;'),
    userRemoved: event('WARNING', 'user removed;'),
    userSessionsEnded: event('WARNING', 'sessions of a user ended;'),
    userUnlocked: event('WARNING', 'user unlocked;'),
    proxyTrusted: event('WARNING', 'trusted proxy added;'),
    proxiesChanged: event('WARNING', 'trusted proxies changed;'),
    changeConfirmed: event('INFO', 'change confirmed;'),
    changeTakenBack: event('WARNING', 'change taken back;')
  }
}
export type Audit = ReturnType<typeof createAudit>
