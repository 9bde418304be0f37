// The daemon's rules (lib/auth/passwords/policy.ts) without its list of common passwords, which is too large to send.
// test/unit/dashboard/password-rules.test.ts compares the two.
const MIN_LENGTH = 10
const MAX_LENGTH = 256

const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u]

export const obvious: ReadonlySet<string> = new Set(
  `password passw0rd qwerty qwertyuiop letmein welcome admin administrator root proxmox proxmenux proxmenuxmonitor
   monitor changeme abcdefgh abcdefghij 12345678 123456789 1234567890 homelab homeserver raspberry debian ubuntu linux
   server dashboard secret default temporary temppass`.split(/\s+/)
)

export type Rule = 'length' | 'maxLength' | 'kinds' | 'notName' | 'notObvious'

export interface Checked {
  /** In the order in which the daemon checks them. */
  broken: Rule[]
  isAcceptable: boolean
  /** 0 and 1: not acceptable. 2 to 4: fair, good, strong. */
  level: 0 | 1 | 2 | 3 | 4
}

export function checkPassword(typed: string, username: string): Checked {
  const password = typed.normalize('NFKC')
  const letters = [...password]
  const used = kinds.filter((kind) => kind.test(password)).length
  const folded = password.toLowerCase()
  const bare = folded.replace(/[^\p{L}]+$/u, '')
  const isMet: Record<Rule, boolean> = {
    length: letters.length >= MIN_LENGTH,
    maxLength: letters.length <= MAX_LENGTH && typed.length <= 2 * MAX_LENGTH,
    kinds: used >= 3,
    notName: password === '' || folded !== username.normalize('NFKC').toLowerCase(),
    notObvious: !obvious.has(folded) && !obvious.has(bare)
  }
  const broken = (Object.keys(isMet) as Rule[]).filter((rule) => !isMet[rule])
  const isRepetitive = new Set(letters).size < letters.length / 2
  const points = letters.length + (used === 4 ? 2 : 0) - (isRepetitive ? 6 : 0)
  const good = points >= 18 ? 4 : points >= 14 ? 3 : 2
  const isAcceptable = broken.length === 0
  return { broken, isAcceptable, level: isAcceptable ? good : password === '' ? 0 : 1 }
}
