import { createHash, timingSafeEqual } from 'node:crypto'
import { nameKeyOf } from './typed-text.ts'

const digest = (text: string) => createHash('sha256').update(text).digest()

/** Whether a first launch may be decided with this code, in constant time. An empty MONITOR_SETUP_CODE asks for none. */
export function createSetupCodeCheck(expected: string): (sent: string | undefined) => boolean {
  // A code of nothing but spaces is a code all the same.
  const read = (text: string) => nameKeyOf(text) || text
  const wanted = digest(read(expected))
  return (sent = '') => expected === '' || timingSafeEqual(digest(read(sent)), wanted)
}
