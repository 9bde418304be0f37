import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createState, type StateOptions } from './initial.ts'
import { describeVersion } from './node-answers.ts'
import { openStore, type Store } from './store.ts'
import { approve } from './tailscale.ts'
import type { AuthKey, Fault, State } from './types.ts'

/** /usr/share/perl5/PVE/pvecfg.pm. */
const pvecfg = ({ version, release, repoid }: ReturnType<typeof describeVersion>) =>
  ['package PVE::pvecfg;\n\nuse strict;\nuse warnings;\n']
    .concat(
      Object.entries({ package: 'pve-manager', version, release, repoid, version_text: `${version}/${repoid}` }).map(
        ([name, text]) => `sub ${name} {\n    return '${text}';\n}\n`
      )
    )
    .concat('1;\n')
    .join('\n')

const names = ['pct', 'pveam', 'pvesh', 'pvesm', 'pveversion', 'qm'] as const
type Name = (typeof names)[number]

export interface Proxmox extends Omit<Store, 'note'> {
  /** The folder of the programs, for PATH. */
  bin: string
  /** Takes the place of /usr/share: it says which Proxmox VE this is. */
  share: string
  /** Their paths. They find the state by themselves: a program of the daemon has an environment of its own. */
  programs: Record<Name, string>
  /** Asks for something to go wrong. */
  breaks: (fault: Fault) => void
  mends: () => void
  addKey: (key: string, kind: AuthKey) => void
  /** What an admin of the tailnet does on its web page. */
  approveMachine: (vmid: number) => void
  approveRoutes: (vmid: number) => void
  /** Fills a storage up to its last byte. */
  fill: (storage: string) => void
}

/**
 * A small Proxmox VE in a folder: programs in bin/ that share state.json, as the daemon and a test call them. Formats
 * are those of Proxmox VE 8.4 or 9.0 and of Tailscale 1.8x, from their sources and from memory: none was captured here.
 */
export function createProxmox({ folder, ...options }: StateOptions & { folder: string }): Proxmox {
  const bin = join(folder, 'bin')
  mkdirSync(bin, { recursive: true })
  const state = createState(options)
  writeFileSync(join(folder, 'state.json'), JSON.stringify(state, null, 1))
  writeFileSync(join(folder, 'calls'), '')
  const share = join(folder, 'share')
  mkdirSync(join(share, 'perl5/PVE'), { recursive: true })
  writeFileSync(join(share, 'perl5/PVE/pvecfg.pm'), pvecfg(describeVersion(state)))
  const quote = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
  const program = resolve(import.meta.dirname, 'program.ts')
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', program, folder].map(quote).join(' ')
  // A deployment starts some thirty of them: without a cache, most of their time is reading TypeScript.
  const cache = quote(resolve(import.meta.dirname, '../../../node_modules/.cache/proxmox'))
  for (const name of names) {
    writeFileSync(join(bin, name), `#!/bin/sh\nNODE_COMPILE_CACHE=${cache} exec ${node} ${name} "$@"\n`)
    chmodSync(join(bin, name), 0o755)
  }
  const { read, change, calls } = openStore(folder)
  const inTailnet = (state: State, vmid: number) => {
    const now = state.guests[vmid]?.inside?.tailscale
    if (!now) throw new Error(`container ${vmid} is not in the tailnet`)
    return now
  }
  return {
    bin,
    share,
    programs: Object.fromEntries(names.map((name) => [name, join(bin, name)])) as Record<Name, string>,
    read,
    change,
    calls,
    breaks: (fault) => change(({ faults }) => void faults.push(fault)),
    mends: () =>
      change((state) => {
        state.faults = []
      }),
    addKey: (key, kind) =>
      change(({ tailnet }) => {
        tailnet.keys[key] = kind
      }),
    approveMachine: (vmid) =>
      change((state) => {
        inTailnet(state, vmid).machineApproved = true
      }),
    approveRoutes: (vmid) => change((state) => approve(inTailnet(state, vmid), true)),
    fill: (storage) =>
      change(({ storages }) => {
        const found = storages.find((each) => each.storage === storage)!
        found.used = found.total
      })
  }
}
