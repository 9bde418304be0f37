/** Keys that a phone's keyboard lacks. */
export type TouchKey = 'Escape' | 'Tab' | 'Up' | 'Down' | 'Left' | 'Right' | 'Home' | 'End' | 'PageUp' | 'PageDown'

export interface Modifiers {
  ctrl: boolean
  alt: boolean
}

const cursor: Partial<Record<TouchKey, string>> = {
  Up: 'A',
  Down: 'B',
  Right: 'C',
  Left: 'D',
  Home: 'H',
  End: 'F'
}
const plain: Partial<Record<TouchKey, string>> = { Escape: '\x1b', Tab: '\t' }
const numbered: Partial<Record<TouchKey, string>> = { PageUp: '5', PageDown: '6' }

/** The bytes that xterm sends for a key. `isApplication`: the program uses application cursor keys (DECCKM). */
export function bytesOfKey(key: TouchKey, { ctrl, alt }: Modifiers, isApplication: boolean): string {
  const modifier = 1 + (alt ? 2 : 0) + (ctrl ? 4 : 0)
  if (key in plain) return (alt ? '\x1b' : '') + plain[key]
  if (key in numbered) return modifier > 1 ? `\x1b[${numbered[key]};${modifier}~` : `\x1b[${numbered[key]}~`
  if (modifier > 1) return `\x1b[1;${modifier}${cursor[key]}`
  return (isApplication ? '\x1bO' : '\x1b[') + cursor[key]
}

/** Applies Ctrl or Alt to a typed character. Longer text stays unchanged. */
export function withModifiers(text: string, { ctrl, alt }: Modifiers): string {
  if ([...text].length !== 1) return text
  let key = text
  if (ctrl) {
    if (/[@-~]/.test(key)) key = String.fromCharCode(key.toUpperCase().charCodeAt(0) & 0x1f)
    else if (key === ' ') key = '\x00'
    else if (key === '?') key = '\x7f'
    else if (key === '/') key = '\x1f'
  }
  return alt ? `\x1b${key}` : key
}
