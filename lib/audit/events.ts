import { type AuditEntry, type AuditLevel, escapeValue } from './line.ts'

/** Whom an event is about. */
export interface Actor {
  address: string
  /** As the client wrote it; escaping is this module's. Nobody known: none, or empty. */
  user?: string
  /** Whom they did it to, where that is another. */
  target?: string
}

const event = (level: AuditLevel, text: string) => ({ level, text })

/**
 * Every security event there is: its level and its fixed text. The first two are the document's lines to the letter,
 * its two spaces included. An event's name for programs is its key in snake_case: it is stored, and so never renamed.
 */
function listEvents() {
  return {
    loginFailed: event('WARNING', 'authentication failure;'),
    loginSucceeded: event('INFO', 'authentication success; '),
    loginUnusual: event('WARNING', 'login from a new address;'),
    lockedOut: event('WARNING', 'locked out;'),
    addressBanned: event('WARNING', 'address banned;'),
    addressUnbanned: event('WARNING', 'address unbanned;'),
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
    tlsEnabled: event('WARNING', 'HTTPS on;'),
    tlsDisabled: event('WARNING', 'HTTPS off;'),
    certificateChanged: event('WARNING', 'TLS certificate changed;'),
    certificateRenewed: event('INFO', 'TLS certificate renewed;'),
    certificateBroken: event('WARNING', 'TLS certificate cannot be used;'),
    certificateSelfSigned: event('WARNING', 'self-signed TLS certificate in use;'),
    proxiesChanged: event('WARNING', 'trusted proxies changed;'),
    terminalOpened: event('WARNING', 'terminal opened;'),
    terminalTakenOver: event('WARNING', 'terminal taken over;'),
    terminalWatched: event('WARNING', 'terminal watched;'),
    terminalClosed: event('INFO', 'terminal closed;'),
    changeConfirmed: event('INFO', 'change confirmed;'),
    changeTakenBack: event('WARNING', 'change taken back;'),
    healthAcknowledged: event('WARNING', 'health problem acknowledged;'),
    healthUnacknowledged: event('INFO', 'health acknowledgement withdrawn;'),
    thresholdsChanged: event('WARNING', 'health thresholds changed;'),
    recordingPlayed: event('INFO', 'terminal recording read;'),
    stateDatabaseReplaced: event('WARNING', 'damaged state database replaced;'),
    recordingDeleted: event('WARNING', 'terminal recording deleted;')
  }
}

/** One function an event: no text reaches the log but theirs and an escaped actor. */
export type Audit = Record<keyof ReturnType<typeof listEvents>, (actor: Actor) => void>

/** The events by the names programs know them by. */
export const auditEvents: ReadonlyMap<string, { key: string; level: AuditLevel; text: string }> = new Map(
  Object.entries(listEvents()).map(([key, kind]) => [
    key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    { key, ...kind }
  ])
)

export interface AuditOptions {
  write: (entry: AuditEntry) => void
  now: () => number
}

export function createAudit({ write, now }: AuditOptions): Audit {
  const functions = [...auditEvents].map(([slug, { key, level, text }]) => {
    const record = ({ address, user = '', target }: Actor) =>
      write({
        at: now(),
        level,
        event: slug,
        text,
        address: escapeValue(address),
        user: escapeValue(user),
        target: target === undefined ? null : escapeValue(target)
      })
    return [key, record]
  })
  return Object.fromEntries(functions)
}
