import { readFileSync } from 'node:fs'
import { readVmid, readWords } from './arguments.ts'
import { runInside } from './container.ts'
import { type Context, die } from './context.ts'
import { create, readConfig } from './create.ts'
import { act, destroy, findGuest, isAction } from './guests.ts'
import { runTask } from './tasks.ts'
import type { Guest, State } from './types.ts'
import { guestUsage, maxMemory, nameOf } from './usage.ts'

const codeOf = ({ ok }: { ok: boolean }) => (ok ? 0 : 255)

function printConfig({ out }: Context, guest: Guest): void {
  // PVE::CLI::pct: a description is escaped, so that it is one line.
  for (const [key, value] of Object.entries(guest.config).sort(([a], [b]) => (a < b ? -1 : 1)))
    out(`${key}: ${key === 'description' ? encodeURIComponent(value) : value}\n`)
}

/** `pct set`: `--delete a,b` and new values. */
export function setConfig(state: State, guest: Guest, options: Record<string, string>): void {
  const { delete: deleted = '', digest: _, ...values } = options
  if (Object.keys(options).length === 0) die('no options specified')
  for (const key of deleted.split(/[,;\s]+/)) delete guest.config[key]
  if (guest.type === 'lxc' && guest.config.lock !== undefined) die(`CT is locked (${guest.config.lock})`)
  Object.assign(guest.config, guest.type === 'lxc' ? readConfig(values) : values)
  state.guests[guest.vmid] = guest
}

/** A task of its own. pct ends with 0 also when it failed: unlike others, `push` has no $upid_exit in PVE::CLI::pct. */
const push = (context: Context, { vmid, node }: Guest, [file = '', destination = '']: string[], perms = '644') =>
  runTask(context, { type: 'push_file', id: vmid, node }, async () => {
    let content = ''
    try {
      content = readFileSync(file, 'utf8')
    } catch {
      die(`failed to open ${file} for reading`)
    }
    context.store.change(({ guests }) => {
      guests[vmid]!.inside!.files[destination] = { content, mode: Number.parseInt(perms, 8) }
    })
  })

export async function pct(context: Context, args: readonly string[]): Promise<number> {
  const { store, out } = context
  const [command = '', ...words] = args
  const { positional, options, rest } = readWords(words)
  const { node } = store.read()
  if (command === 'list') {
    const containers = Object.values(store.read().guests).filter((each) => each.type === 'lxc' && each.node === node)
    const row = (...[vmid, state, lock, name]: [string, string, string, string]) =>
      out(`${vmid.padEnd(10)} ${state.padEnd(10)} ${lock.padEnd(12)} ${name.padEnd(20)}\n`)
    // Without a container not even the header is printed.
    if (containers.length > 0) row('VMID', 'Status', 'Lock', 'Name')
    for (const guest of containers) row(`${guest.vmid}`, guest.status, `${guest.config.lock ?? ''}`, nameOf(guest))
    return 0
  }
  const vmid = readVmid(positional[0])
  if (command === 'create') {
    const made = await create(context, vmid, { ...options, ostemplate: positional[1] ?? '' })
    if (!made.ok || options.start !== '1') return codeOf(made)
    return codeOf(await act(context, { type: 'lxc', vmid, node, action: 'start', options: {} }))
  }
  if (isAction(command)) return codeOf(await act(context, { type: 'lxc', vmid, node, action: command, options }))
  if (command === 'destroy') return codeOf(await destroy(context, vmid, node, options))
  const guest = findGuest(store.read(), 'lxc', vmid, node)
  if (command === 'status') {
    if (options.verbose === undefined) out(`status: ${guest.status}\n`)
    else {
      const values = {
        ...guestUsage(guest, Date.now()),
        maxmem: maxMemory(guest),
        name: nameOf(guest),
        status: guest.status,
        type: 'lxc',
        vmid
      }
      for (const [key, value] of Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))) out(`${key}: ${value}\n`)
    }
    return 0
  }
  if (command === 'config') {
    printConfig(context, guest)
    return 0
  }
  if (command === 'set') {
    store.change((state) => setConfig(state, findGuest(state, 'lxc', vmid, node), options))
    return 0
  }
  if (command === 'unlock') {
    // PVE::AbstractConfig::remove_lock.
    store.change((state) => delete findGuest(state, 'lxc', vmid, node).config.lock)
    return 0
  }
  if (command === 'exec') {
    const words = rest.length > 0 ? rest : positional.slice(1)
    if (words.length === 0) die('missing command')
    // lxc-attach of LXC 6.
    if (guest.status !== 'running' || guest.inside === null) {
      context.err(
        `lxc-attach: ${vmid}: ../src/lxc/attach.c: lxc_attach: 993 No such file or directory - Failed to get init pid\n`
      )
      return 255
    }
    return runInside(context, vmid, words)
  }
  if (command === 'push') {
    if (guest.status !== 'running' || guest.inside === null) die('can only push files to a running CT')
    await push(context, guest, positional.slice(1), options.perms)
    return 0
  }
  return die(`ERROR: unknown command 'pct ${command}'`)
}

export async function qm(context: Context, args: readonly string[]): Promise<number> {
  const { store, out } = context
  const [command = '', ...words] = args
  const { positional, options } = readWords(words)
  const { node } = store.read()
  if (command === 'list') {
    out('      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       \n')
    for (const guest of Object.values(store.read().guests).filter(
      (each) => each.type === 'qemu' && each.node === node
    )) {
      const sizes = `${String(guest.config.memory).padEnd(10)} ${(guest.diskSize / 1024 ** 3).toFixed(2).padStart(12)}`
      const pid = guest.status === 'running' ? 1000 + guest.vmid : 0
      out(
        `${String(guest.vmid).padStart(10)} ${nameOf(guest).padEnd(20)} ${guest.status.padEnd(10)} ${sizes} ${String(pid).padEnd(10)}\n`
      )
    }
    return 0
  }
  const vmid = readVmid(positional[0])
  if (isAction(command)) return codeOf(await act(context, { type: 'qemu', vmid, node, action: command, options }))
  const guest = findGuest(store.read(), 'qemu', vmid, node)
  if (command === 'status') out(`status: ${guest.status}\n`)
  else if (command === 'config') printConfig(context, guest)
  else if (command === 'set') store.change((state) => setConfig(state, findGuest(state, 'qemu', vmid, node), options))
  else die(`ERROR: unknown command 'qm ${command}'`)
  return 0
}
