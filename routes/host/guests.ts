import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../../lib/api/errors.ts'
import { nameGuest } from '../../lib/audit/targets.ts'
import { eventOf } from '../../lib/guests/events.ts'
import type { Action, Outcome } from '../../lib/guests/types.ts'
import { actorOf } from '../../plugins/server/caller.ts'
import {
  type ActionOptions,
  GuestActionReplySchema,
  GuestHistoryQuerySchema,
  GuestHistoryReplySchema,
  GuestParamsSchema,
  GuestReplySchema,
  GuestTasksReplySchema,
  RebootBodySchema,
  ShutdownBodySchema,
  StartedTasksReplySchema,
  TaskParamsSchema,
  TaskReplySchema
} from '../../schemas/host/guests.ts'

const viewing = { access: { permission: 'system.view' } } as const
const controlling = { access: { permission: 'guests.control' } } as const

/** The value of an outcome. Throws the AppError of a refusal. */
function unwrap<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value
  const { code, reason: message } = outcome
  throw new AppError(code, code === 'BUSY' ? { message, retryAfter: 5 } : { message })
}

/** Where there are no guests, each route says why. */
const guestHost: FastifyPluginAsyncTypebox = async (app) => {
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, refuses: ['CONFLICT', ...(route.config?.refuses ?? [])] }
  })
  app.addHook('preValidation', async function proxmoxHost() {
    const reason = app.guests.unavailable()
    if (reason !== null) throw new AppError('CONFLICT', { message: reason })
  })
  await app.register(guestRoutes, { prefix: '/guests/:vmid' })
  await app.register(actionRoutes, { prefix: '/guests/:vmid' })
  await app.register(taskRoutes, { prefix: '/tasks' })
}
export default guestHost

const schema = (operationId: string, summary: string) => ({ operationId, tags: ['proxmox'], summary })
const shared = 'Read in the background while someone looks, and shared by all callers.'

const guestRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: viewing,
      schema: {
        ...schema('getGuest', 'A VM or container in detail'),
        description: `${shared} Usage is at most 10 s old, configuration and addresses at most a minute.`,
        params: GuestParamsSchema,
        response: { 200: GuestReplySchema }
      }
    },
    async ({ params }) => unwrap(await (await app.guests.load()).detail(params.vmid))
  )

  app.get(
    '/history',
    {
      config: viewing,
      schema: {
        ...schema('getGuestHistory', 'Usage of a VM or container over time'),
        description: `Proxmox VE’s own round-robin data, of an hour without \`timeframe\`. ${shared}`,
        params: GuestParamsSchema,
        querystring: GuestHistoryQuerySchema,
        response: { 200: GuestHistoryReplySchema }
      }
    },
    async ({ params, query: { timeframe = 'hour' } }) =>
      unwrap(await (await app.guests.load()).history(params.vmid, timeframe))
  )

  app.get(
    '/tasks',
    {
      config: viewing,
      schema: {
        ...schema('listGuestTasks', 'Tasks of a VM or container'),
        description: `Tasks on the node where the guest is now. ${shared}`,
        params: GuestParamsSchema,
        response: { 200: GuestTasksReplySchema }
      }
    },
    async ({ params }) => unwrap(await (await app.guests.load()).tasksOf(params.vmid))
  )
}

const actionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  /** Begins an action, and writes it and its failure to the audit log. */
  async function begin(request: FastifyRequest, vmid: number, action: Action, options: ActionOptions) {
    const { name, task, ended } = unwrap(await (await app.guests.load()).act(vmid, action, options))
    const actor = { ...actorOf(request), target: nameGuest({ vmid, name }) }
    app.auditLog[eventOf[action]](actor)
    void ended.then(({ upid, state, exit_status }) => {
      app.log.info({ task: upid, state, exit_status }, 'the task of a guest has ended')
      if (state === 'failed') app.auditLog.guestActionFailed(actor)
    })
    return { success: true as const, task: task.upid }
  }
  const action = (operationId: string, summary: string, description = '') => ({
    ...schema(operationId, summary),
    description: `Answers as soon as Proxmox VE has begun the task, with its id. ${description}`.trim(),
    params: GuestParamsSchema,
    response: { 202: GuestActionReplySchema }
  })

  app.post(
    '/start',
    { config: controlling, schema: action('startGuest', 'Start a VM or container') },
    async (request, reply) => reply.code(202).send(await begin(request, request.params.vmid, 'start', {}))
  )

  app.post(
    '/stop',
    {
      config: controlling,
      schema: action('stopGuest', 'Stop a VM or container at once', 'It is like pulling the plug: data can be lost.')
    },
    async (request, reply) => reply.code(202).send(await begin(request, request.params.vmid, 'stop', {}))
  )

  app.post(
    '/shutdown',
    {
      config: controlling,
      schema: { ...action('shutDownGuest', 'Shut a VM or container down'), body: ShutdownBodySchema }
    },
    async (request, reply) => reply.code(202).send(await begin(request, request.params.vmid, 'shutdown', request.body))
  )

  app.post(
    '/reboot',
    {
      config: controlling,
      schema: {
        ...action('rebootGuest', 'Reboot a VM or container', 'It shuts down, and starts with pending changes applied.'),
        body: RebootBodySchema
      }
    },
    async (request, reply) => reply.code(202).send(await begin(request, request.params.vmid, 'reboot', request.body))
  )
}

const taskRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      config: viewing,
      schema: {
        ...schema('listStartedTasks', 'Tasks that this daemon has started'),
        description: 'From memory, with their progress; the topic `tasks` of the live stream has the same.',
        response: { 200: StartedTasksReplySchema }
      }
    },
    async () => app.guests.started()
  )

  app.get(
    '/:upid',
    {
      config: viewing,
      schema: {
        ...schema('getTask', 'A task of Proxmox VE'),
        description: `State and the end of its log. ${shared}`,
        params: TaskParamsSchema,
        response: { 200: TaskReplySchema }
      }
    },
    async ({ params }) => unwrap(await (await app.guests.load()).task(params.upid))
  )
}
