import { api } from '../../api/client.ts'

/** Whether the user's second factor is on: several parts of the page ask for a code then. */
export const loadTwoFactor = (signal: AbortSignal) => api.get('/api/auth/totp/status', { signal })
