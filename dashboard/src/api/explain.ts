import { t } from '../texts/index.ts'
import { lookUp } from '../texts/look-up.ts'
import { namePermissions } from './permission-names.ts'
import type { Problem } from './problem.ts'

/** The daemon's message as a sentence. */
export const asSentence = (text: string): string => {
  const sentence = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

/** The sentence that the page shows for a problem. */
export function explain({ code, status, message }: Problem): string {
  if (code === 'FOREIGN') return t.problems.foreign(status)
  if (code === 'FAULT') return asSentence(t.problems.fault(message))
  if (message === 'new_password too short') return t.problems.passwordTooShort
  return lookUp(t.problems.byCode, code) ?? asSentence(code === 'PERMISSION' ? namePermissions(message) : message)
}
