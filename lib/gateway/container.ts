import { CommandError, type Commands, faultOf } from './commands.ts'
import type { GatewayRecord } from './record.ts'
import { entriesIn, textIn } from './values.ts'

const TASK_WAIT_MS = 30_000
const DESTROY_MS = 120_000

export type ContainerConfig = Readonly<Record<string, string>>

/** The configuration of a container of this node; null if there is none with this id. Throws a CommandError. */
export async function readConfig({ run }: Pick<Commands, 'run'>, vmid: number): Promise<ContainerConfig | null> {
  const ending = await run('pct', ['config', `${vmid}`], { timeoutMs: 30_000 })
  if (ending.kind === 'ended' && ending.code === 0)
    return Object.fromEntries(
      ending.stdout.split('\n').flatMap((line) => {
        const at = line.indexOf(': ')
        return at === -1 ? [] : [[line.slice(0, at), line.slice(at + 2)]]
      })
    )
  if (ending.kind === 'ended' && /does not exist/.test(ending.stderr)) return null
  throw new CommandError(faultOf(ending, 'pct config'))
}

/**
 * Whose container has the id of the gateway. It is ours if it has the MAC address that we chose. A killed `pct create`
 * leaves a container that has nothing but a lock; the id was free when we began, so that it is ours as well.
 */
export function ownerOf(
  config: ContainerConfig | null,
  { hwaddr, creating }: GatewayRecord
): 'absent' | 'ours' | 'other' {
  if (config === null) return 'absent'
  if (config.net0?.toUpperCase().includes(hwaddr)) return 'ours'
  return creating && config.lock === 'create' && config.net0 === undefined ? 'ours' : 'other'
}

interface Tools {
  commands: Commands
  node: string
  wait: (ms: number) => Promise<void>
}

/** Ends the tasks of a container that outlived their command: Proxmox VE runs each in a session of its own. */
async function endTasks({ commands, node, wait }: Tools, vmid: number): Promise<void> {
  const active = async () =>
    entriesIn(await commands.get(`/nodes/${node}/tasks`, { vmid: `${vmid}`, source: 'active' })).map(({ upid }) =>
      textIn(upid)
    )
  const asked = new Set<string>()
  for (let waited = 0; ; waited += 1000) {
    const tasks = await active()
    if (tasks.length === 0) return
    if (waited >= TASK_WAIT_MS) throw new CommandError(`a task of container ${vmid} does not end: ${tasks[0]}`)
    for (const upid of tasks.filter((each) => !asked.has(each))) {
      asked.add(upid)
      await commands.run('pvesh', ['delete', `/nodes/${node}/tasks/${upid}`, '--output-format', 'json'], {
        timeoutMs: 20_000
      })
    }
    await wait(1000)
  }
}

/**
 * Destroys the container of the gateway with its disks, and returns its state before. Another container that has got its
 * id is left alone. Throws a CommandError if the container still exists afterwards.
 */
export async function destroyContainer(
  tools: Tools,
  record: GatewayRecord,
  { endsTasks }: { endsTasks: boolean }
): Promise<'absent' | 'ours' | 'other'> {
  const { commands } = tools
  const { vmid, creating } = record
  // Only a task of our own container is ended. A killed `pct create` may not have made anything yet.
  const isOurs = creating || ownerOf(await readConfig(commands, vmid), record) === 'ours'
  if (endsTasks && isOurs) await endTasks(tools, vmid)
  const config = await readConfig(commands, vmid)
  const owner = ownerOf(config, record)
  if (config === null || owner !== 'ours') return owner
  if (config.lock === 'create' || config.lock === 'destroyed')
    await commands.run('pct', ['unlock', `${vmid}`], { timeoutMs: 30_000 })
  else if (config.lock !== undefined)
    throw new CommandError(`container ${vmid} is locked (${config.lock}); wait until that has ended, then try again`)
  const words = ['destroy', `${vmid}`, '--force', '1', '--purge', '1', '--destroy-unreferenced-disks', '1']
  const ending = await commands.run('pct', words, { timeoutMs: DESTROY_MS })
  if ((await readConfig(commands, vmid)) === null) return owner
  throw new CommandError(faultOf(ending, 'pct destroy'))
}
