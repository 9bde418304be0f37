import { type AuditEntry, type AuditLevel, escapeValue } from './line.ts'

/** The client and user that caused an event. */
export interface Actor {
  address: string
  /** Unescaped, as sent by the client; this module escapes it. Undefined or empty if no user is known. */
  user?: string
  /** The affected user or object, if it is not the user itself. */
  target?: string
}

const event = (level: AuditLevel, text: string) => ({ level, text })

/**
 * All security events with level and fixed text. The first two texts are prescribed by the authentication log format,
 * including the two spaces. An event's name for programs is its key in snake_case. It is stored: never rename it.
 */
function listEvents() {
  return {
    loginFailed: event('WARNING', 'authentication failure;'),
    loginSucceeded: event('INFO', 'authentication success; '),
    loggedInByLink: event('WARNING', 'login by a link of the command line;'),
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
    sessionHandedOver: event('INFO', 'session handed over to another host;'),
    sessionContinued: event('INFO', 'session continued from another host;'),
    sessionsEnded: event('INFO', 'other sessions ended;'),
    refreshReplayed: event('WARNING', 'refresh token replayed, all sessions ended;'),
    loginReset: event('WARNING', 'login of the owner reset;'),
    loginLinkIssued: event('WARNING', 'login link issued;'),
    secretRotated: event('WARNING', 'signing secret rotated, all tokens are invalid;'),
    encryptionKeyRotated: event('WARNING', 'encryption key of the panel rotated;'),
    backupCreated: event('WARNING', 'backup created;'),
    backupRestored: event('WARNING', 'backup restored;'),
    monitorTakenOver: event('WARNING', 'another ProxMenux Monitor taken over;'),
    monitorGivenBack: event('WARNING', 'way back to another ProxMenux Monitor;'),
    usersImported: event('WARNING', 'users and API tokens imported;'),
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
    tenantCreated: event('WARNING', 'tenant created;'),
    tenantChanged: event('WARNING', 'tenant changed;'),
    tenantRemoved: event('WARNING', 'tenant removed;'),
    setupCodeRenewed: event('WARNING', 'setup code of a tenant renewed;'),
    resellerCreated: event('WARNING', 'reseller created;'),
    resellerChanged: event('WARNING', 'reseller changed;'),
    resellerSuspended: event('WARNING', 'reseller suspended, sessions of its users ended;'),
    resellerRemoved: event('WARNING', 'reseller removed;'),
    proxyTrusted: event('WARNING', 'trusted proxy added;'),
    tlsEnabled: event('WARNING', 'HTTPS on;'),
    tlsDisabled: event('WARNING', 'HTTPS off;'),
    certificateChanged: event('WARNING', 'TLS certificate changed;'),
    certificateRenewed: event('INFO', 'TLS certificate renewed;'),
    certificateBroken: event('WARNING', 'TLS certificate cannot be used;'),
    certificateSelfSigned: event('WARNING', 'self-signed TLS certificate in use;'),
    proxiesChanged: event('WARNING', 'trusted proxies changed;'),
    gatewayDeploymentStarted: event('WARNING', 'gateway deployment started;'),
    gatewayDeployed: event('WARNING', 'gateway deployed;'),
    gatewayDeploymentFailed: event('WARNING', 'gateway deployment failed;'),
    gatewayRemovalStarted: event('WARNING', 'gateway removal started;'),
    gatewayRemoved: event('WARNING', 'gateway removed;'),
    gatewayStarted: event('INFO', 'gateway started;'),
    gatewayStopped: event('WARNING', 'gateway stopped;'),
    gatewayRestarted: event('INFO', 'gateway restarted;'),
    gatewayKeyRenewed: event('WARNING', 'gateway logged in with a new auth key;'),
    gatewayUpdated: event('INFO', 'gateway updated;'),
    gatewayChangeFailed: event('WARNING', 'gateway change failed;'),
    guestStarted: event('INFO', 'guest started;'),
    guestShutDown: event('WARNING', 'guest shut down;'),
    guestStopped: event('WARNING', 'guest stopped;'),
    guestRebooted: event('WARNING', 'guest rebooted;'),
    guestActionFailed: event('WARNING', 'action on a guest failed;'),
    terminalOpened: event('WARNING', 'terminal opened;'),
    terminalTakenOver: event('WARNING', 'terminal taken over;'),
    terminalWatched: event('WARNING', 'terminal watched;'),
    terminalClosed: event('INFO', 'terminal closed;'),
    changeConfirmed: event('INFO', 'change confirmed;'),
    changeTakenBack: event('WARNING', 'change taken back;'),
    healthAcknowledged: event('WARNING', 'health problem acknowledged;'),
    healthUnacknowledged: event('INFO', 'health acknowledgement withdrawn;'),
    thresholdsChanged: event('WARNING', 'health thresholds changed;'),
    alertChannelCreated: event('WARNING', 'alert channel created;'),
    alertChannelChanged: event('WARNING', 'alert channel changed;'),
    alertChannelRemoved: event('WARNING', 'alert channel removed;'),
    alertChannelTested: event('INFO', 'alert channel tested;'),
    selfTestStarted: event('INFO', 'self-test of a disk started;'),
    recordingPlayed: event('INFO', 'terminal recording read;'),
    stateDatabaseReplaced: event('WARNING', 'damaged state database replaced;'),
    recordingDeleted: event('WARNING', 'terminal recording deleted;')
  }
}

/** One function for each event, so that only fixed texts and escaped actors reach the log. */
export type Audit = Record<keyof ReturnType<typeof listEvents>, (actor: Actor) => void>

/** The events by their names for programs. */
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
