import { readWords } from './arguments.ts'
import { type Context, checkpoint, die, takeTime } from './context.ts'
import { findStorage, usageOf, volumesOn } from './storages.ts'
import { runTask } from './tasks.ts'

const SERVER = 'http://download.proxmox.com/images'
const PARTS = 10

/** PVE::API2::Nodes::apl_download, which runs wget; pveam ends with 0 also when the download failed. */
async function download(context: Context, storageName: string, template: string): Promise<number> {
  const { store, out } = context
  const state = store.read()
  const found = state.templates.find((each) => each.template === template) ?? die('no such template')
  const storage = findStorage(state, storageName)
  if (!storage.content.includes('vztmpl')) die(`can't upload to storage type '${storage.type}'`)
  const url = `${SERVER}/${found.section}/${template}`
  const volid = `${storageName}:vztmpl/${template}`
  const target = `/var/lib/vz/template/cache/${template}`
  if (state.volumes.some((volume) => volume.volid === volid)) {
    out(`OK, got correct file already, no need to re-download\n`)
    return 0
  }
  await runTask(context, { type: 'download', id: '', node: state.node, pacesItself: true }, async (log) => {
    log(`downloading ${url} to ${target}`)
    if (!store.read().resolvesNames) {
      log(`--2025-06-01 12:00:00--  ${url}`)
      log('Resolving download.proxmox.com (download.proxmox.com)... failed: Temporary failure in name resolution.')
      log("wget: unable to resolve host address 'download.proxmox.com'")
      die(`download failed: command 'wget --progress=dot:giga -O ${target}.tmp_dwnl ${url}' failed: exit code 4`)
    }
    if (usageOf(store.read(), storage, state.node)!.avail < found.size) {
      log(`${target}.tmp_dwnl: No space left on device`)
      die(`download failed: command 'wget --progress=dot:giga -O ${target}.tmp_dwnl ${url}' failed: exit code 3`)
    }
    for (let part = 1; part <= PARTS; part++) {
      await takeTime(context, PARTS)
      if (part === PARTS / 2) await checkpoint(context, 'half')
      log(`${String(Math.round((found.size / 1024 / PARTS) * part)).padStart(6)}K ${'.'.repeat(32)} ${part * 10}%`)
    }
    log('calculating checksum...OK, checksum verified')
    store.change((state) => {
      // Another download of it may have been quicker.
      if (state.volumes.some((volume) => volume.volid === volid)) return
      const sizes = { size: found.size, used: found.size, createdAt: Date.now() }
      state.volumes.push({ volid, storage: storageName, node: state.node, content: 'vztmpl', format: 'txz', ...sizes })
    })
    log(`download of '${url}' to '${target}' finished`)
  })
  return 0
}

export async function pveam(context: Context, args: readonly string[]): Promise<number> {
  const { store, out, err } = context
  const [command = '', ...words] = args
  const { positional, options } = readWords(words)
  const state = store.read()
  if (command === 'update') {
    if (state.resolvesNames) out('update successful\n')
    else err('update failed - see /var/log/pveam.log for details\n')
    return 0
  }
  if (command === 'available') {
    for (const { section, template } of state.templates)
      if (options.section === undefined || options.section === section) out(`${section.padEnd(15)} ${template}\n`)
    return 0
  }
  if (command === 'download') return download(context, positional[0] ?? '', positional[1] ?? '')
  if (command === 'list') {
    const storage = findStorage(state, positional[0] ?? '')
    if (!storage.content.includes('vztmpl')) die('Storage does not support templates!')
    out(`${'NAME'.padEnd(60)} ${'SIZE'.padEnd(6)}\n`)
    for (const { volid, size } of volumesOn(state, storage, state.node).filter(({ content }) => content === 'vztmpl'))
      out(`${volid.padEnd(60)} ${(size / 1024 ** 2).toFixed(2)}MB\n`)
    return 0
  }
  if (command === 'remove') {
    store.change((state) => {
      state.volumes = state.volumes.filter(({ volid }) => volid !== positional[0])
    })
    return 0
  }
  return die(`ERROR: unknown command 'pveam ${command}'`)
}

/** pvesm, as far as it lists: the columns are in KiB. */
export async function pvesm(context: Context, args: readonly string[]): Promise<number> {
  const { store, out } = context
  const [command = '', ...words] = args
  const { positional, options } = readWords(words)
  const state = store.read()
  if (command === 'status') {
    const unit = state.version === '9.0' ? ' (KiB)' : ''
    const row = (name: string, values: string[], percent: string) =>
      out(
        `${name.padEnd(16)} ${values[0]!.padStart(10)} ${values[1]!.padStart(10)} ${values
          .slice(2)
          .map((value) => value.padStart(15))
          .join(' ')} ${percent.padStart(8)}\n`
      )
    row('Name', ['Type', 'Status', `Total${unit}`, `Used${unit}`, `Available${unit}`], '%')
    for (const storage of state.storages) {
      if (options.content !== undefined && !storage.content.includes(options.content)) continue
      if (options.storage !== undefined && storage.storage !== options.storage) continue
      const usage = usageOf(state, storage, state.node)
      const status = usage ? 'active' : storage.enabled ? 'inactive' : 'disabled'
      const kib = (bytes: number) => String(Math.floor(bytes / 1024))
      const { total, used, avail } = usage ?? { total: 0, used: 0, avail: 0 }
      const percent = usage ? `${((used / total) * 100).toFixed(2)}%` : storage.enabled ? '0.00%' : 'N/A'
      row(storage.storage, [storage.type, status, kib(total), kib(used), kib(avail)], percent)
    }
    return 0
  }
  if (command === 'list') {
    const storage = findStorage(state, positional[0] ?? '')
    const volumes = volumesOn(state, storage, state.node).filter(
      ({ vmid, content }) =>
        (options.vmid === undefined || String(vmid) === options.vmid) &&
        (options.content === undefined || content === options.content)
    )
    const width = Math.max(5, ...volumes.map(({ volid }) => volid.length))
    out(`${'Volid'.padEnd(width)} ${'Format'.padEnd(7)} ${'Type'.padEnd(9)} ${'Size'.padStart(15)} VMID\n`)
    for (const { volid, format, content, size, vmid } of volumes)
      out(
        `${volid.padEnd(width)} ${format.padEnd(7)} ${content.padEnd(9)} ${String(size).padStart(15)} ${vmid ?? ''}\n`
      )
    return 0
  }
  return die(`ERROR: unknown command 'pvesm ${command}'`)
}
