import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { AppError } from '../../lib/api/errors.ts'
import { secureGateway } from '../../lib/gateway/monitor-catalog.ts'
import {
  APP_ID,
  describeDone,
  describeInstalled,
  describeInstance,
  describeNetworks,
  describeStatus,
  describeStorages,
  describeUpdateCheck,
  describeUpdated,
  isInstalled,
  pathInDeployment,
  readDeployment
} from '../../lib/gateway/monitor-shapes.ts'
import { endOfJob, unwrapGateway } from '../../plugins/server/gateway-jobs.ts'
import {
  AppParamsSchema,
  CatalogAppReplySchema,
  CatalogReplySchema,
  DeployBodySchema,
  DeployReplySchema,
  InstalledReplySchema,
  InstanceReplySchema,
  OciActionReplySchema,
  OciAuthKeyBodySchema,
  OciLogsQuerySchema,
  OciLogsReplySchema,
  OciNetworksReplySchema,
  OciRuntimeReplySchema,
  OciStatusReplySchema,
  OciStoragesReplySchema,
  OciUpdateReplySchema,
  RemoveQuerySchema,
  UpdateCheckQuerySchema,
  UpdateCheckReplySchema
} from '../../schemas/security/oci.ts'

const access = { permission: 'gateway.manage', scope: 'session' } as const
const reading = { access, unknownFields: 'drop' } as const
const changing = { access: { ...access, account: true }, stepUp: true, unknownFields: 'drop' } as const

const notFound = (message: string) => new AppError('NOT_FOUND', { message })
const noSuchApp = () => notFound(`the only app is ${APP_ID}`)
const success = { success: true, app_id: APP_ID } as const

/** The Secure Gateway by the Monitor's own paths, for its client (contract 16). Changes answer when their job has ended. */
const ociRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const schema = (operationId: string, summary: string) => ({ operationId, tags: ['oci'], summary })

  app.addHook<{ Params: { app?: string } }>('preHandler', async function knownApp({ params }) {
    if (params.app !== undefined && params.app !== APP_ID) throw noSuchApp()
  })

  const gateway = () => app.gateway.load()
  const status = async () => (await gateway()).status()
  const options = async () => unwrapGateway(await (await gateway()).options())

  app.get(
    '/runtime',
    {
      config: reading,
      schema: { ...schema('getOciRuntime', 'What runs the container'), response: { 200: OciRuntimeReplySchema } }
    },
    async () => {
      const { value: version, reason: error } = app.vitals.latest().proxmoxVersion
      return { success: true as const, available: true, runtime: 'proxmox-lxc' as const, version, error }
    }
  )

  app.get(
    '/catalog',
    {
      config: reading,
      schema: { ...schema('listOciApps', 'The one app: the Secure Gateway'), response: { 200: CatalogReplySchema } }
    },
    async () => ({
      success: true as const,
      apps: [{ ...secureGateway, installed: isInstalled(await status()) }]
    })
  )

  app.get(
    '/catalog/:app',
    {
      config: reading,
      schema: {
        ...schema('getOciApp', 'The fields and steps of the wizard of the Monitor’s client'),
        params: AppParamsSchema,
        response: { 200: CatalogAppReplySchema }
      }
    },
    async () => ({ success: true as const, app: secureGateway, installed: isInstalled(await status()) })
  )

  app.get(
    '/networks',
    {
      config: reading,
      schema: {
        ...schema('listOciNetworks', 'The IPv4 networks of this host'),
        response: { 200: OciNetworksReplySchema }
      }
    },
    async () => ({ success: true as const, networks: describeNetworks(await options()) })
  )

  app.get(
    '/storages',
    {
      config: reading,
      schema: {
        ...schema('listOciStorages', 'Storages that can hold the container, best first'),
        response: { 200: OciStoragesReplySchema }
      }
    },
    async () => ({ success: true as const, storages: describeStorages(await options()) })
  )

  app.get(
    '/status/:app',
    {
      config: reading,
      schema: {
        ...schema('getOciStatus', 'The state of the container'),
        params: AppParamsSchema,
        response: { 200: OciStatusReplySchema }
      }
    },
    async () => ({ ...success, status: describeStatus(await status(), app.clock()) })
  )

  app.post(
    '/deploy',
    {
      config: { ...changing, requiredMessage: 'app_id and config.auth_key are required', refuses: ['NOT_FOUND'] },
      schema: {
        ...schema('deployOciApp', 'Deploy the Secure Gateway, and wait for it'),
        description:
          'Takes up to some minutes. 409 if a step fails: the message says which step and why. The deployment goes on without the connection.',
        body: DeployBodySchema,
        response: { 200: DeployReplySchema }
      }
    },
    async (request) => {
      const { app_id, config } = request.body
      if (app_id !== APP_ID) throw noSuchApp()
      const { vmid } = await endOfJob(app, request, {
        begin: ({ deploy }, user) => deploy(readDeployment(config), user),
        pathOf: pathInDeployment
      })
      return { ...success, vmid: vmid!, message: describeDone('deploy', vmid) }
    }
  )

  app.get(
    '/installed',
    {
      config: reading,
      schema: {
        ...schema('listInstalledOciApps', 'The gateway, if it is on this host'),
        response: { 200: InstalledReplySchema }
      }
    },
    async () => ({ success: true as const, instances: describeInstalled(await status(), app.clock()) })
  )

  app.get(
    '/installed/:app',
    {
      config: reading,
      schema: {
        ...schema('getInstalledOciApp', 'The gateway on this host'),
        description: '404 without one.',
        params: AppParamsSchema,
        response: { 200: InstanceReplySchema }
      }
    },
    async () => {
      const instance = describeInstance(await status(), app.clock())
      if (instance === null) throw notFound(`${APP_ID} is not installed`)
      return { success: true as const, instance }
    }
  )

  for (const kind of ['start', 'stop', 'restart'] as const) {
    app.post(
      `/installed/:app/${kind}`,
      {
        config: changing,
        schema: {
          ...schema(`${kind}OciApp`, `${kind[0]!.toUpperCase()}${kind.slice(1)} the container, and wait for it`),
          params: AppParamsSchema,
          response: { 200: OciActionReplySchema }
        }
      },
      async (request) => {
        const { vmid } = await endOfJob(app, request, { begin: ({ begin }) => begin(kind) })
        return { ...success, message: describeDone(kind, vmid) }
      }
    )
  }

  app.delete(
    '/installed/:app',
    {
      config: changing,
      schema: {
        ...schema('removeOciApp', 'Remove the Secure Gateway, and wait for it'),
        params: AppParamsSchema,
        querystring: RemoveQuerySchema,
        response: { 200: OciActionReplySchema }
      }
    },
    async (request) => {
      const { vmid } = await endOfJob(app, request, { begin: ({ begin }) => begin('remove') })
      return { ...success, message: describeDone('remove', vmid) }
    }
  )

  app.post(
    '/installed/:app/update-auth-key',
    {
      config: { ...changing, requiredMessage: 'auth_key is required' },
      schema: {
        ...schema('renewOciAuthKey', 'Log the gateway in with a new auth key, and wait for it'),
        params: AppParamsSchema,
        body: OciAuthKeyBodySchema,
        response: { 200: OciActionReplySchema }
      }
    },
    async (request) => {
      const { vmid } = await endOfJob(app, request, { begin: ({ renewKey }) => renewKey(request.body.auth_key) })
      return { ...success, message: describeDone('auth-key', vmid) }
    }
  )

  app.get(
    '/installed/:app/logs',
    {
      config: reading,
      schema: {
        ...schema('getOciLogs', 'The last lines of tailscaled'),
        params: AppParamsSchema,
        querystring: OciLogsQuerySchema,
        response: { 200: OciLogsReplySchema }
      }
    },
    async ({ query: { lines = 100 } }) => ({
      success: true as const,
      logs: unwrapGateway(await (await gateway()).logs(lines))
    })
  )

  app.get(
    '/installed/:app/update-check',
    {
      config: reading,
      schema: {
        ...schema('checkOciUpdate', 'Whether packages of the container have newer versions'),
        params: AppParamsSchema,
        querystring: UpdateCheckQuerySchema,
        response: { 200: UpdateCheckReplySchema }
      }
    },
    async ({ query: { force = '' } }) => {
      const isForced = ['1', 'true', 'yes'].includes(force.toLowerCase())
      return { ...success, ...describeUpdateCheck(unwrapGateway(await (await gateway()).checkUpdate(isForced))) }
    }
  )

  app.post(
    '/installed/:app/update',
    {
      config: changing,
      schema: {
        ...schema('updateOciApp', 'Update the packages of the container, and wait for it'),
        params: AppParamsSchema,
        response: { 200: OciUpdateReplySchema }
      }
    },
    async (request) => {
      const update = unwrapGateway(await (await gateway()).checkUpdate(true))
      if (update.reason !== null) throw new AppError('CONFLICT', { message: update.reason })
      const isDue = update.packages.length > 0
      const job = isDue ? await endOfJob(app, request, { begin: ({ begin }) => begin('update') }) : null
      return { ...success, ...describeUpdated(update, job) }
    }
  )
}
export default ociRoutes
