/** Keyed by the API's error code. A code without an entry shows the daemon's own message, which is more precise. */
export const problems = {
  byCode: {
    NETWORK: 'This host is not responding. Check that the service is running and the network is up.',
    CREDENTIALS: 'The username or password is incorrect.',
    PASSWORD_INCORRECT: 'The password is incorrect.',
    TOTP_REQUIRED: 'Enter the code from your authenticator app.',
    TOTP_INVALID: 'The code is incorrect or was already used. Enter the current code from your authenticator app.',
    TOKEN_INVALID: 'Your session has ended. Log in again.',
    RATE_LIMITED: 'Too many requests from this address.',
    ACCOUNT_LOCKED: 'Too many failed logins. This account is locked out for your address.',
    ACCOUNT_DISABLED: 'This account is disabled.',
    IP_NOT_ALLOWED: 'This account is not allowed to log in from your address.',
    IP_BANNED: 'Your address is banned on this host.',
    ALREADY_CONFIGURED: 'The setup was already completed. Log in.',
    NO_ACCOUNT: 'No account exists yet. Set a password first.',
    SETUP_REQUIRED: 'The first launch is not completed. Reload the page.',
    HOST: 'This host name is not allowed. Add it to MONITOR_ALLOWED_HOSTS.',
    ORIGIN: 'This host treats the page as a page of another site. Open the connection doctor.',
    TOO_LARGE: 'The request is too large.',
    INTERNAL: 'Internal error of the daemon. Its log names the cause.',
    STORE_UNAVAILABLE: 'The database of this panel is not responding. Try again.'
  },
  foreign: (status: number) => `A proxy or another server answered instead of this host (HTTP ${status}).`,
  fault: (message: string) => `Internal error in this page: ${message}`,
  passwordTooShort: 'The password is too short.'
}
