import { type Context, checkpoint, die, dieOfParameter } from './context.ts'
import { createInside } from './inside.ts'
import { allocate, findStorage, release } from './storages.ts'
import { runTask } from './tasks.ts'

/** Options of `pct create` that become lines of the configuration. */
const CONFIG =
  /^(arch|cores|cpulimit|cpuunits|description|dev\d+|features|hostname|memory|mp\d+|nameserver|net\d+|onboot|ostype|protection|searchdomain|startup|swap|tags|timezone|tty|unprivileged|cmode|console|debug|hookscript)$/
const OTHER = /^(rootfs|storage|password|ssh-public-keys|start|pool|force|restore|ostemplate|vmid|bwlimit)$/
const NUMBERS = /^(cores|cpuunits|memory|onboot|protection|swap|tty|unprivileged|debug)$/

const HOST_NAME = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i

export function readConfig(options: Record<string, string>): Record<string, string | number> {
  const config: Record<string, string | number> = {}
  for (const [key, value] of Object.entries(options)) {
    if (OTHER.test(key)) continue
    // Getopt::Long, then PVE::JSONSchema::get_options.
    if (!CONFIG.test(key)) die(`Unknown option: ${key}\n400 unable to parse option`)
    if (NUMBERS.test(key) && !/^\d+$/.test(value)) dieOfParameter(key, `type check ('integer') failed - got '${value}'`)
    if (key === 'hostname' && !HOST_NAME.test(value))
      dieOfParameter(key, `invalid format - value does not look like a valid DNS name`)
    if (/^net\d+$/.test(key) && !/(^|,)name=/.test(value))
      dieOfParameter(key, `invalid format - format error\n${key}.name: property is missing and it is not optional`)
    config[key] = NUMBERS.test(key) ? Number(value) : value
  }
  return config
}

/** PVE::API2::LXC::create_vm. What it made is removed again when it fails, and stays when it is killed. */
export async function create(context: Context, vmid: number, options: Record<string, string>) {
  const { store } = context
  const config = readConfig(options)
  const state = store.read()
  const { node } = state
  const prefix = `unable to create CT ${vmid} -`
  const template = options.ostemplate ?? dieOfParameter('ostemplate', 'property is missing and it is not optional')
  const [, storageName = options.storage ?? 'local', size = '4'] =
    /^([^:]+):(\d+(?:\.\d+)?)/.exec(options.rootfs ?? '') ??
    /^()(\d+(?:\.\d+)?)$/.exec(options.rootfs ?? '')?.map((part) => part || undefined) ??
    []
  const storage = findStorage(state, storageName)
  if (!storage.content.includes('rootdir'))
    dieOfParameter('storage', `storage '${storageName}' does not support container directories`)
  findStorage(state, template.split(':')[0]!)
  // PVE::AbstractConfig::create_and_lock_config: the number is taken before there is a task.
  store.change(({ guests, volumes }) => {
    const taken = guests[vmid]
    if (taken) die(`${prefix} ${taken.type === 'lxc' ? 'CT' : 'VM'} ${vmid} already exists on node '${taken.node}'`)
    if (!volumes.some(({ volid }) => volid === template)) die(`${prefix} volume '${template}' does not exist`)
    guests[vmid] = {
      vmid,
      type: 'lxc',
      node,
      status: 'stopped',
      startedAt: null,
      config: { lock: 'create' },
      load: 0.02,
      memoryShare: 0.2,
      netRate: 1500,
      diskSize: Number(size) * 1024 ** 3,
      diskUsed: 12 * 1024 ** 2,
      inside: null
    }
  })
  return runTask(context, { type: 'vzcreate', id: vmid, node }, async (log) => {
    try {
      const { volid } = store.change((state) => allocate(state, storageName, vmid, Number(size)))
      log(`  Logical volume "${volid.split(':')[1]}" created.`)
      log(`extracting archive '/var/lib/vz/template/cache/${template.split('/').at(-1)}'`)
      await checkpoint(context, 'half')
      store.change(({ guests }) => {
        const guest = guests[vmid]!
        guest.inside = createInside({ names: false })
        guest.config = {
          arch: 'amd64',
          hostname: `CT${vmid}`,
          memory: 512,
          ostype: /alpine/.test(template) ? 'alpine' : 'debian',
          swap: 512,
          ...config,
          rootfs: `${volid},size=${size}G`,
          ...(typeof config.net0 === 'string' && {
            net0: `${config.net0}${/hwaddr=/.test(config.net0) ? '' : `,hwaddr=BC:24:11:${macOf(vmid)}`},type=veth`
          })
        }
      })
      log('Total bytes read: 9502720 (9.1MiB, 92MiB/s)')
      log('Detected container architecture: amd64')
    } catch (error) {
      store.change((state) => {
        release(state, vmid)
        delete state.guests[vmid]
      })
      if (error instanceof Error) error.message = `${prefix} ${error.message}`
      throw error
    }
  })
}

const macOf = (vmid: number) =>
  [vmid >> 16, vmid >> 8, vmid].map((byte) => (byte & 255).toString(16).padStart(2, '0').toUpperCase()).join(':')
