import { asSentence } from '../../../api/explain.ts'
import type { Problem } from '../../../api/problem.ts'
import { isProblem } from '../../../api/problem.ts'
import { texts } from '../../../texts/gateway.ts'
import { isAuthKey, isHostname, type Options } from './gateway.ts'

export type Access = 'host' | 'network' | 'custom'

/** The choices of the wizard. The auth key is not among them: the wizard alone holds it, and forgets it when it closes. */
export interface Draft {
  storage: string
  bridge: string
  hostname: string
  access: Access
  /** Separated by commas or spaces. */
  routes: string
  exitNode: boolean
  acceptRoutes: boolean
}

export const steps = ['container', 'key', 'networks', 'review'] as const
export type Step = (typeof steps)[number]

/** The members of the request that the API names in its errors. */
type FieldName = 'storage' | 'bridge' | 'hostname' | 'auth_key' | 'access' | 'routes'
export type Faults = Partial<Record<FieldName, string>>

const stepOf: Record<FieldName, Step> = {
  storage: 'container',
  bridge: 'container',
  hostname: 'container',
  auth_key: 'key',
  access: 'networks',
  routes: 'networks'
}

const recommendedOf = (entries: readonly { id: string; recommended: boolean }[]): string =>
  entries.find(({ recommended }) => recommended)?.id ?? ''

export const draftOf = ({ storages, bridges, subnets }: Options): Draft => {
  const bridge = recommendedOf(bridges)
  return {
    storage: recommendedOf(storages),
    bridge,
    hostname: 'proxmox-gateway',
    access: subnets.some((each) => each.interface === bridge) ? 'host' : 'custom',
    routes: '',
    exitNode: false,
    acceptRoutes: false
  }
}

export const routesIn = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean)

/** The networks that a choice advertises, as the API will choose them. */
export function networksOf(access: Access, { bridge, routes }: Pick<Draft, 'bridge' | 'routes'>, options: Options) {
  if (access === 'custom') return routesIn(routes)
  const here = options.subnets.filter((each) => each.interface === bridge)
  const of = ({ address, subnet }: (typeof here)[number]) =>
    access === 'network' ? subnet : `${address}/${address.includes(':') ? 128 : 32}`
  return [...new Set(here.map(of))]
}

/** What is missing or wrong in a step, as far as the page can tell. The API checks everything. */
export function faultsOf(step: Step, draft: Draft, authKey: string, options: Options): Faults {
  const faults = texts.wizard
  switch (step) {
    case 'container':
      return {
        ...(draft.storage === '' && { storage: faults.noStorageFault }),
        ...(draft.bridge === '' && { bridge: faults.noBridgeFault }),
        ...(!isHostname(draft.hostname) && { hostname: faults.hostnameFault })
      }
    case 'key':
      return isAuthKey(authKey) ? {} : { auth_key: texts.key.fault }
    case 'networks':
      if (networksOf(draft.access, draft, options).length > 0) return {}
      return draft.access === 'custom' ? { routes: faults.routesFault } : { access: faults.accessFault }
    case 'review':
      return {}
  }
}

export const requestOf = (draft: Draft, authKey: string) => ({
  auth_key: authKey,
  storage: draft.storage,
  bridge: draft.bridge,
  hostname: draft.hostname,
  access: draft.access,
  ...(draft.access === 'custom' && { routes: routesIn(draft.routes) }),
  exit_node: draft.exitNode,
  accept_routes: draft.acceptRoutes
})

const isFieldName = (name: string): name is FieldName => name in stepOf

/** The faults of a refused request by field: `body/routes/0` is one of `routes`. Null if it concerns no field. */
export function faultsIn(problem: Problem): Faults | null {
  if (!isProblem(problem, 'VALIDATION')) return null
  const found: Faults = {}
  for (const { path, message } of problem.details) {
    const name = path.split('/')[1] ?? ''
    if (isFieldName(name)) found[name] ??= asSentence(message)
  }
  return Object.keys(found).length > 0 ? found : null
}

/** The first step with a fault; null if none has one. */
export const stepWith = (faults: Faults): Step | null =>
  steps.find((step) => Object.keys(faults).some((name) => isFieldName(name) && stepOf[name] === step)) ?? null
