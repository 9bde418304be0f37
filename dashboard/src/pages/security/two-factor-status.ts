import { api } from '../../api/client.ts'

/** Whether the user has 2FA, in which case several parts of the page ask for a code. */
export const loadTwoFactor = (signal: AbortSignal) => api.get('/api/auth/totp/status', { signal })
