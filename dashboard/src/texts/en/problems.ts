/** By the code of the API; what is not here is shown in the daemon's own words. */
export const problems = {
  byCode: {
    NETWORK: 'No answer from this host. Is the service running, and the network up?',
    CREDENTIALS: 'The username or the password is wrong.',
    PASSWORD_INCORRECT: 'The password is wrong.',
    TOTP_REQUIRED: 'Enter the code from your authenticator app.',
    TOTP_INVALID: 'That code is wrong, or it was used before. Enter the one the app shows now.',
    TOKEN_INVALID: 'Your session has ended. Log in again.',
    RATE_LIMITED: 'Too many requests from this address.',
    ACCOUNT_LOCKED: 'Too many failed logins: this account is locked for your address.',
    ACCOUNT_DISABLED: 'This account is disabled.',
    IP_NOT_ALLOWED: 'This account may not log in from your address.',
    IP_BANNED: 'Your address is banned on this host.',
    ALREADY_CONFIGURED: 'Somebody has finished the setup meanwhile. Log in.',
    BUSY: 'The host is busy.'
  } as Readonly<Record<string, string>>,
  foreign: (status: number) => `Something between you and this host answered in its place (HTTP ${status}).`,
  fault: (message: string) => `This page has a fault: ${message}`,
  passwordTooShort: 'The password is too short.'
}
