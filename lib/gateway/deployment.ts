import { CommandError, type Commands, outputOf, reasonIn } from './commands.ts'
import { destroyContainer, ownerOf, readConfig } from './container.ts'
import { DISK_GIB, type Facts, newestAlpine } from './options.ts'
import type { GatewayRecord, RecordFile } from './record.ts'
import { KEYS_PAGE, MACHINES_PAGE, parseStatus } from './tailscale.ts'
import { entriesIn, textIn } from './values.ts'

/** What the steps of a job work with. */
export interface Work {
  commands: Commands
  record: RecordFile
  node: string
  /** What a deployment can choose from; only for a deployment. */
  facts: Facts | null
  /** The auth key; only for a deployment and a new login. */
  authKey: string
  wait: (ms: number) => Promise<void>
  /** The message of the step that runs. */
  say: (message: string) => void
}

/** One step. `do` may return the output of its program, in which `check` looks for the reason. Both throw. */
export interface Step {
  name: string
  do: (work: Work) => Promise<string | undefined>
  /** Checks the result, since several of Proxmox VE's programs exit with 0 although they failed. */
  check?: (work: Work, output: string | undefined) => Promise<void>
  /** Undoes the step, also if it ran only in part or not at all. Tells the operator what is left to do. */
  undo?: (work: Work) => Promise<void>
}

const SECOND = 1000
const MINUTE = 60 * SECOND
/** In a file system in memory. */
const KEY_FILE = '/run/proxmenux-auth-key'
const SYSCTL_FILE = '/etc/sysctl.d/99-tailscale.conf'
const FORWARDING = 'net.ipv4.ip_forward = 1\nnet.ipv6.conf.all.forwarding = 1\n'
const UP_MS = 100 * SECOND
const IF_ASKED = '; if your tailnet approves devices, approve this one now in the Tailscale admin console'

const recordOf = ({ record }: Work): GatewayRecord => record.current()!

/** Asks until the answer is yes, or `withinMs` have passed. Throws when the daemon stops. */
export async function comesWithin(
  { commands, wait }: Pick<Work, 'commands' | 'wait'>,
  withinMs: number,
  isThere: () => Promise<boolean>
): Promise<boolean> {
  const deadline = performance.now() + commands.limit(withinMs)
  for (;;) {
    if (await isThere()) return true
    if (performance.now() >= deadline) return false
    await wait(SECOND)
  }
}

async function hasTemplate({ commands, node }: Work, volid: string): Promise<boolean> {
  const storage = volid.slice(0, volid.indexOf(':'))
  const content = await commands.get(`/nodes/${node}/storage/${storage}/content`, { content: 'vztmpl' })
  return entriesIn(content).some((entry) => textIn(entry.volid) === volid)
}

const template: Step = {
  name: 'template',
  async do(work) {
    const { commands, record, facts, say } = work
    const [present] = facts!.templates
    if (present !== undefined) {
      await record.save({ template: present })
      return undefined
    }
    const [storage] = facts!.templateStorages
    if (storage === undefined) throw new CommandError('no active storage holds container templates')
    await commands.pveam(['update'], { timeoutMs: MINUTE })
    const { stdout } = await commands.pveam(['available', '--section', 'system'], { timeoutMs: 30 * SECOND })
    const [newest] = newestAlpine(stdout.split(/\s+/))
    if (newest === undefined) throw new CommandError('the list of templates has no Alpine; run "pveam update"')
    await record.save({ template: `${storage.id}:vztmpl/${newest}`, template_downloaded: true })
    say(`downloading ${newest} to ${storage.id}`)
    return outputOf(
      await commands.run('pveam', ['download', storage.id, newest], { timeoutMs: 5 * MINUTE }),
      'pveam download'
    )
  },
  async check(work, output) {
    const { template: volid, template_downloaded: isOurs } = recordOf(work)
    if (await hasTemplate(work, volid)) return work.say(`template ${volid} ${isOurs ? 'downloaded' : 'is present'}`)
    throw new CommandError(`the download of ${volid} failed: ${reasonIn(output ?? '') ?? 'no message'}`)
  },
  async undo(work) {
    const { template: volid, template_downloaded: isOurs } = recordOf(work)
    if (!isOurs || !(await hasTemplate(work, volid))) return
    await work.commands.pveam(['remove', volid], { timeoutMs: MINUTE })
  }
}

const create: Step = {
  name: 'create',
  async do(work) {
    const { commands, record, say } = work
    const { vmid, hostname, storage, bridge, hwaddr, template: volid } = recordOf(work)
    say(`creating container ${vmid} on ${storage}`)
    await record.save({ creating: true })
    const options = {
      hostname,
      rootfs: `${storage}:${DISK_GIB}`,
      cores: 1,
      memory: 256,
      swap: 256,
      unprivileged: 1,
      onboot: 1,
      ostype: 'alpine',
      net0: `name=eth0,bridge=${bridge},hwaddr=${hwaddr},ip=dhcp`,
      description: 'Secure Gateway (Tailscale), managed by ProxMenux Monitor'
    }
    const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, `${value}`])
    const ending = await commands.run('pct', ['create', `${vmid}`, volid, ...words], { timeoutMs: 5 * MINUTE })
    // A command that exited has cleaned up after itself; a killed command has not.
    if (ending.kind === 'ended' && ending.code !== null) await record.save({ creating: false })
    return outputOf(ending, 'pct create')
  },
  async check(work, output) {
    const config = await readConfig(work.commands, recordOf(work).vmid)
    if (ownerOf(config, recordOf(work)) === 'ours' && config?.lock === undefined)
      return work.say(`container ${recordOf(work).vmid} created`)
    throw new CommandError(`the container was not created: ${reasonIn(output ?? '') ?? 'no message'}`)
  },
  async undo(work) {
    await destroyContainer(work, recordOf(work), { endsTasks: true })
  }
}

const configure: Step = {
  name: 'configure',
  async do(work) {
    const { vmid } = recordOf(work)
    const ending = await work.commands.run('pct', ['set', `${vmid}`, '--dev0', '/dev/net/tun'], {
      timeoutMs: 30 * SECOND
    })
    return outputOf(ending, 'pct set')
  },
  async check(work, output = '') {
    const config = await readConfig(work.commands, recordOf(work).vmid)
    if (config?.dev0?.includes('/dev/net/tun')) return work.say('tunnel device added')
    throw new CommandError(
      /unknown option: dev0/i.test(output)
        ? 'this version of Proxmox VE cannot give a device to a container; 8.2 or newer is needed'
        : `the tunnel device could not be added: ${reasonIn(output) ?? 'no message'}`
    )
  }
}

const start: Step = {
  name: 'start',
  async do({ commands, record, say }) {
    const { vmid } = record.current()!
    say(`starting container ${vmid}`)
    await commands.pct(['start', `${vmid}`], { timeoutMs: 2 * MINUTE })
    return undefined
  },
  async check(work) {
    const { commands, say } = work
    const { vmid, bridge } = recordOf(work)
    say('waiting for the network')
    const isThere = await comesWithin(work, MINUTE, async () => {
      const words = ['exec', `${vmid}`, '--', 'nslookup', 'login.tailscale.com']
      const ending = await commands.run('pct', words, { timeoutMs: 20 * SECOND })
      return ending.kind === 'ended' && ending.code === 0
    })
    if (isThere) return say(`container ${vmid} runs and has a network`)
    throw new CommandError(
      `the container cannot resolve login.tailscale.com; check that ${bridge} has a DHCP server, a gateway and DNS`
    )
  }
}

const install: Step = {
  name: 'install',
  async do(work) {
    const { commands, say } = work
    const { vmid } = recordOf(work)
    const inside = (command: string[], timeoutMs = 30 * SECOND, input?: string) =>
      commands.inside(vmid, command, { timeoutMs, ...(input !== undefined && { input }) })
    say('installing Tailscale')
    await inside(['apk', 'update'], MINUTE)
    await inside(['apk', 'add', 'tailscale'], 3 * MINUTE)
    await inside(['sh', '-c', `cat > ${SYSCTL_FILE}`], 30 * SECOND, FORWARDING)
    await inside(['sysctl', '-p', SYSCTL_FILE])
    await inside(['rc-update', 'add', 'sysctl', 'boot'])
    await inside(['rc-update', 'add', 'tailscale', 'default'])
    await inside(['rc-service', 'tailscale', 'start'])
    return undefined
  },
  async check(work) {
    const { commands, say } = work
    const { vmid } = recordOf(work)
    let version: string | null = null
    const isThere = await comesWithin(work, 30 * SECOND, async () => {
      const status = await readStatus(work)
      version = status?.version ?? null
      return status !== null
    })
    if (isThere) return say(`Tailscale ${version ?? ''} installed`)
    const { stdout } = await commands.inside(vmid, ['rc-service', 'tailscale', 'status'], { timeoutMs: 20 * SECOND })
    throw new CommandError(`tailscaled does not answer: ${reasonIn(stdout) ?? 'no message'}`)
  }
}

/** The status of Tailscale in the container; null if it does not answer. */
export async function readStatus({ commands, record }: Pick<Work, 'commands' | 'record'>) {
  const words = ['exec', `${record.current()!.vmid}`, '--', 'tailscale', 'status', '--json', '--peers=false']
  const ending = await commands.run('pct', words, { timeoutMs: 20 * SECOND })
  return ending.kind === 'ended' ? parseStatus(ending.stdout) : null
}

/** Removes the file with the auth key. Throws a CommandError. */
export async function removeKeyFile({ commands, record }: Pick<Work, 'commands' | 'record'>): Promise<void> {
  const { vmid } = record.current()!
  await commands.inside(vmid, ['rm', '-f', KEY_FILE], { timeoutMs: 20 * SECOND })
  await record.save({ key_file: false })
}

/**
 * Logs in with the auth key, by a file that only root of the container can read and that is removed at once. Returns the
 * output of a login that failed.
 */
async function logIn(work: Work, more: readonly string[]): Promise<string | undefined> {
  const { commands, record, authKey } = work
  const { vmid, hostname, routes, exit_node, accept_routes } = recordOf(work)
  await record.save({ key_file: true })
  try {
    const options = { timeoutMs: 20 * SECOND, input: `${authKey}\n` }
    await commands.inside(vmid, ['sh', '-c', `umask 077; cat > ${KEY_FILE}`], options)
    const words = ['exec', `${vmid}`, '--', 'tailscale', 'up', '--reset', ...more]
    words.push(`--auth-key=file:${KEY_FILE}`, `--hostname=${hostname}`, `--advertise-routes=${routes.join(',')}`)
    words.push(`--advertise-exit-node=${exit_node}`, `--accept-routes=${accept_routes}`, '--accept-dns=false')
    // Without `--timeout`, `up` waits for ever. When it times out, it says why.
    words.push(`--timeout=${Math.round(commands.limit(UP_MS) * 0.9)}ms`)
    const ending = await commands.run('pct', words, { timeoutMs: UP_MS })
    return ending.kind === 'ended' && ending.code === 0 ? undefined : outputOf(ending, 'tailscale up')
  } finally {
    await removeKeyFile(work)
  }
}

async function checkLogin(work: Work, output?: string): Promise<void> {
  const status = await readStatus(work)
  // A device whose new login failed may still be connected by its earlier one.
  if (status?.backend === 'Running' && output === undefined)
    return work.say(`connected as ${status.ips[0] ?? status.hostname}`)
  if (status?.backend === 'NeedsMachineAuth')
    return work.say('logged in; approve the device in the Tailscale admin console')
  const reason = reasonIn(output ?? '') ?? 'no message'
  throw new CommandError(
    /invalid key|not valid/i.test(reason)
      ? `the auth key was not accepted (${reason}); create a new one at ${KEYS_PAGE}`
      : `the gateway could not log in to the tailnet: ${reason}`
  )
}

/** Leaves the tailnet, so that no device of that name stays in it. Throws a CommandError. */
export const leaveTailnet = async ({ commands, record }: Work): Promise<void> => {
  await commands.inside(record.current()!.vmid, ['tailscale', 'logout'], { timeoutMs: 30 * SECOND })
}

const join: Step = {
  name: 'join',
  do: (work) => {
    // `up` waits for the approval of the device, where the tailnet asks for it.
    work.say(`logging in to the tailnet${IF_ASKED}`)
    return logIn(work, [])
  },
  check: checkLogin,
  async undo(work) {
    // No status where the container or Tailscale does not run: then there is nothing to leave.
    const status = await readStatus(work)
    if (status === null || status.backend === 'NeedsLogin') return
    // The container must go in any case.
    await leaveTailnet(work).catch((error: Error) =>
      work.say(`The device could not leave the tailnet (${error.message}); remove it at ${MACHINES_PAGE}.`)
    )
  }
}

/** The deployment of a gateway. */
export const deployment: readonly Step[] = [template, create, configure, start, install, join]

/** A new login of an existing gateway. */
export const newLogin: readonly Step[] = [
  {
    name: 'login',
    do: (work) => {
      work.say(`logging in with the new key${IF_ASKED}`)
      return logIn(work, ['--force-reauth'])
    },
    check: checkLogin
  }
]
