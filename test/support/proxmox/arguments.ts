import { dieOfParameter } from './context.ts'

export interface Words {
  positional: string[]
  options: Record<string, string>
  /** Behind `--`. */
  rest: string[]
}

/** Options without a value, of those that the stand-ins know. */
const FLAGS = new Set([
  'verbose',
  'human-readable',
  'noborder',
  'noheader',
  'quiet',
  'force',
  'purge',
  'destroy-unreferenced-disks',
  'noproxy',
  'keep-env',
  'full'
])

/** Reads words as Getopt::Long does for Proxmox VE: `--name value`, `--name=value`, `-name value`. */
export function readWords(words: readonly string[]): Words {
  const read: Words = { positional: [], options: {}, rest: [] }
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    if (word === '--') {
      read.rest = words.slice(i + 1)
      break
    }
    const [, name, value] = /^--?([a-z][\w-]*)(?:=(.*))?$/is.exec(word) ?? []
    if (name === undefined) read.positional.push(word)
    else if (value !== undefined) read.options[name] = value
    else if (FLAGS.has(name) && !/^[01]$/.test(words[i + 1] ?? '')) read.options[name] = '1'
    else read.options[name] = words[++i] ?? dieOfParameter(name, 'property is missing and it is not optional')
  }
  return read
}

/** Checks a guest's number as the schema `pve-vmid` does; both texts are those of PVE::JSONSchema. */
export function readVmid(word: string | undefined): number {
  if (word === undefined) return dieOfParameter('vmid', 'property is missing and it is not optional')
  if (!/^\d+$/.test(word)) return dieOfParameter('vmid', `type check ('integer') failed - got '${word}'`)
  const vmid = Number(word)
  if (vmid < 100) return dieOfParameter('vmid', 'value must have a minimum value of 100')
  return vmid
}
