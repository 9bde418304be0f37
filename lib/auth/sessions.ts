import type { Session } from '../storage/stores/sessions.ts'

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** A session as its user sees it in a list. */
export const describeSession = (session: Session, currentSid: string | undefined) => ({
  id: session.sid,
  created_at: isoTime(session.createdAt),
  last_used_at: isoTime(session.lastUsedAt),
  expires_at: isoTime(session.expiresAt),
  address: session.address,
  user_agent: session.userAgent,
  unusual: session.unusual,
  second_factor: session.amr.includes('otp'),
  current: session.sid === currentSid
})
