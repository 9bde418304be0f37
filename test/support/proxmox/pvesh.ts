import { readVmid, readWords, type Words } from './arguments.ts'
import { describeCluster, describeResources, nextFreeId } from './cluster-answers.ts'
import { type Context, die, dieOfParameter } from './context.ts'
import { create } from './create.ts'
import { act, describeStatus, destroy, findGuest, isAction } from './guests.ts'
import * as answers from './node-answers.ts'
import { setConfig } from './pct.ts'
import type { Guest, State } from './types.ts'

type Options = Words['options']
interface Call {
  context: Context
  state: State
  options: Options
  now: number
}
/** What is printed: the answer, or the id of a task that has ended by then. */
type Handler = (call: Call, node: string, ...more: string[]) => unknown

const typeOf = (name: string) => name as Guest['type']
/** pvesh ends with 0 also when the task failed: PVE::RESTEnvironment::fork_worker gives it only the id. */
const idOf = async (ended: Promise<{ upid: string }>) => (await ended).upid

const paths: [method: string, path: RegExp, handler: Handler][] = [
  ['get', /^\/version$/, ({ state }) => answers.describeVersion(state)],
  ['get', /^\/cluster\/resources$/, ({ state, options, now }) => describeResources(state, now, options.type)],
  ['get', /^\/cluster\/status$/, ({ state }) => describeCluster(state)],
  ['get', /^\/cluster\/tasks$/, ({ state }) => state.tasks.map(answers.describeTask).slice(0, 25)],
  ['get', /^\/cluster\/nextid$/, ({ state, options }) => nextFreeId(state, options.vmid)],
  ['get', /^\/nodes$/, ({ state, now }) => answers.describeNodes(state, now)],
  ['get', /^\/nodes\/([^/]+)\/status$/, ({ state, now }, node) => answers.describeNode(state, node, now)],
  ['get', /^\/nodes\/([^/]+)\/version$/, ({ state }) => answers.describeVersion(state)],
  ['get', /^\/nodes\/([^/]+)\/network$/, ({ state, options }, node) => answers.describeNetworks(state, node, options)],
  ['get', /^\/nodes\/([^/]+)\/aplinfo$/, ({ state }) => answers.describeTemplates(state)],
  ['get', /^\/nodes\/([^/]+)\/storage$/, ({ state, options }, node) => answers.describeStorages(state, node, options)],
  [
    'get',
    /^\/nodes\/([^/]+)\/storage\/([^/]+)\/content$/,
    ({ state, options }, node, storage = '') => answers.describeContent(state, node, storage, options)
  ],
  ['get', /^\/nodes\/([^/]+)\/tasks$/, ({ state, options }, node) => answers.describeTasks(state, node, options)],
  [
    'get',
    /^\/nodes\/([^/]+)\/tasks\/([^/]+)\/(status|log)$/,
    ({ state, options }, _, upid = '', part) =>
      part === 'log' ? answers.describeLog(state, upid, options) : answers.describeTaskStatus(state, upid)
  ],
  [
    'get',
    /^\/nodes\/([^/]+)\/(lxc|qemu)$/,
    ({ state, now }, node, type) =>
      Object.values(state.guests)
        .filter((guest) => guest.node === node && guest.type === type)
        .map((guest) => describeStatus(state, guest, now))
  ],
  [
    'get',
    /^\/nodes\/([^/]+)\/(lxc|qemu)\/(\d+)\/status\/current$/,
    ({ state, now }, node, type = '', vmid) => {
      const guest = findGuest(state, typeOf(type), readVmid(vmid), node)
      const more = guest.type === 'qemu' ? { qmpstatus: guest.status } : {}
      return { ...describeStatus(state, guest, now), ...more, ha: { managed: 0 } }
    }
  ],
  [
    'get',
    /^\/nodes\/([^/]+)\/(lxc|qemu)\/(\d+)\/config$/,
    ({ state }, node, type = '', vmid) => answers.describeConfig(findGuest(state, typeOf(type), readVmid(vmid), node))
  ],
  [
    'get',
    /^\/nodes\/([^/]+)\/lxc\/(\d+)\/interfaces$/,
    ({ state }, node, vmid) => answers.describeInterfaces(state, findGuest(state, 'lxc', readVmid(vmid), node))
  ],
  [
    'get',
    /^\/nodes\/([^/]+)\/qemu\/(\d+)\/agent\/network-get-interfaces$/,
    ({ state }, node, vmid) => answers.describeAgentInterfaces(findGuest(state, 'qemu', readVmid(vmid), node))
  ],
  [
    'get',
    /^\/nodes\/([^/]+)\/(lxc|qemu)\/(\d+)\/rrddata$/,
    ({ state, now, options }, node, type = '', vmid) =>
      answers.describeHistory(state, findGuest(state, typeOf(type), readVmid(vmid), node), now, options)
  ],
  [
    'create',
    /^\/nodes\/([^/]+)\/(lxc|qemu)\/(\d+)\/status\/(\w+)$/,
    ({ context, options }, node, type = '', vmid, action = '') =>
      isAction(action)
        ? idOf(act(context, { type: typeOf(type), vmid: readVmid(vmid), node, action, options }))
        : die(`No 'create' handler defined for '/nodes/${node}/${type}/${vmid}/status/${action}'`, 1)
  ],
  [
    'create',
    /^\/nodes\/([^/]+)\/lxc$/,
    ({ context, options: { vmid, ...options } }) => idOf(create(context, readVmid(vmid), options))
  ],
  [
    'set',
    /^\/nodes\/([^/]+)\/(lxc|qemu)\/(\d+)\/config$/,
    ({ context, options }, node, type = '', vmid) =>
      context.store.change((state) => {
        setConfig(state, findGuest(state, typeOf(type), readVmid(vmid), node), options)
        return null
      })
  ],
  ['delete', /^\/nodes\/([^/]+)\/tasks\/([^/]+)$/, ({ state }, _, upid = '') => answers.stopTask(state, upid)],
  [
    'delete',
    /^\/nodes\/([^/]+)\/lxc\/(\d+)$/,
    ({ context, options }, node, vmid) => idOf(destroy(context, readVmid(vmid), node, options))
  ]
]

/** PVE::CLIFormatter prints canonical JSON: the keys are sorted. */
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .filter(([, each]) => each !== undefined)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, each]) => [key, sorted(each)])
        )
      : value

/** Another node is asked by ssh. One that does not answer is named with ssh's own text. */
function requireReachable(state: State, node: string): void {
  const found = state.nodes[node]
  if (found === undefined)
    die(`hostname lookup '${node}' failed - failed to get address info for: ${node}: Name or service not known`)
  else if (!found.online)
    die(
      `ssh: connect to host ${found.ip} port 22: No route to host\nproxy handler failed: command 'ssh -o 'BatchMode=yes' root@${found.ip} pvesh' failed: exit code 255`
    )
}

export async function pvesh(context: Context, args: readonly string[]): Promise<number> {
  const [method = '', path = '', ...words] = args
  if (!['get', 'create', 'set', 'delete'].includes(method)) die(`ERROR: unknown command 'pvesh ${method}'`)
  const { 'output-format': format = 'text', noproxy: _, ...options } = readWords(words).options
  const state = context.store.read()
  const clean = `/${path.replaceAll(/\/+/g, '/').replace(/^\/|\/$/g, '')}`
  for (const [of, pattern, handler] of paths) {
    const match = of === method ? pattern.exec(clean) : null
    if (match === null) continue
    if (format !== 'json' && format !== 'json-pretty')
      dieOfParameter('output-format', `only json is made here, not '${format}'`)
    const [, first = '', ...more] = match.map((part) => decodeURIComponent(part))
    const node = first === 'localhost' ? state.node : first
    if (clean.startsWith('/nodes/')) requireReachable(state, node)
    const isRemote = clean.startsWith('/nodes/') && node !== state.node
    const logged: string[] = []
    // What a task of another node logs comes back in one JSON string with its id, by reports of users of pvesh.
    const out = isRemote ? (text: string) => void logged.push(text) : context.out
    const answer = await handler({ context: { ...context, out }, state, options, now: Date.now() }, node, ...more)
    if (answer === null) return 0
    const data = logged.length === 0 ? answer : `${logged.join('')}"${answer}"`
    context.out(`${JSON.stringify(sorted(data), null, format === 'json' ? undefined : 3)}\n`)
    return 0
  }
  return die(`No '${method}' handler defined for '${path}'`, 1)
}
