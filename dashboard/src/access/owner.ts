import { explain } from '../api/explain.ts'
import { isProblem, type Problem, toProblem } from '../api/problem.ts'
import { send } from '../api/transport.ts'
import { suggestNextSteps } from '../data/next-steps.ts'
import { setUp, start } from '../session/session.ts'
import { t } from '../texts/index.ts'
import { cutPicture } from '../ui/avatar-crop.ts'
import type { Picked } from '../ui/avatar-picker.tsx'
import { toast } from '../ui/toast.tsx'
import { checkPassword } from './password-rules.ts'
import { isUsername } from './username-rule.ts'

export interface Owner {
  username: string
  password: string
  repeated: string
  displayName: string
  avatar: Picked | null
  setupCode: string
  trustProxy: boolean
}

export type Faults = Partial<Record<'username' | 'password' | 'repeated' | 'displayName' | 'setupCode', string>>

const codeFault = (isOfTenant: boolean) =>
  isOfTenant ? t.access.create.tenantCodeFault : t.access.create.setupCodeFault

/** Validates the form, as far as the page can. */
export function findFaults(owner: Owner, isCodeAsked: boolean, isOfTenant: boolean): Faults {
  const texts = t.access.create
  const [rule] = checkPassword(owner.password, owner.username).broken
  return {
    ...(!isUsername(owner.username) && { username: texts.usernameFault }),
    ...(rule && { password: `${t.access.strength.rules[rule]}.` }),
    ...(owner.password !== owner.repeated && { repeated: texts.repeatFault }),
    ...([...owner.displayName.trim()].length > 64 && { displayName: texts.displayNameFault }),
    ...(isCodeAsked && owner.setupCode === '' && { setupCode: codeFault(isOfTenant) })
  }
}

/** The fields that the daemon rejected; null if the error concerns no field. */
export function faultsOf(problem: Problem, isOfTenant: boolean): Faults | null {
  if (problem.code === 'PASSWORD_POLICY') return { password: explain(problem) }
  // Without an owner, the setup code is the only credential that can be incorrect.
  if (problem.code === 'CREDENTIALS') return { setupCode: codeFault(isOfTenant) }
  if (problem.code === 'VALIDATION' && problem.details[0]?.path.endsWith('username')) {
    return { username: t.access.create.usernameFault }
  }
  return null
}

/** The account already exists. Errors of the profile are reported and can be fixed later. */
async function finishProfile(token: string, { displayName, avatar }: Owner): Promise<void> {
  const { nameFailed, avatarFailed, done } = t.access.create
  const attempt = async (task: () => Promise<unknown>, describe: (why: string) => string) => {
    try {
      await task()
      return true
    } catch (error) {
      toast(describe(explain(toProblem(error))), 'warn')
      return false
    }
  }
  const name = displayName.trim()
  const options = { body: { display_name: name } }
  const isNamed =
    !name || (await attempt(() => send({ method: 'put', path: '/api/auth/profile', token, options }), nameFailed))
  const upload = async (picked: Picked) => {
    const body = await cutPicture(picked.picture, picked.crop)
    return send({ method: 'post', path: '/api/auth/profile/avatar', token, options: { body } })
  }
  const isPictured = !avatar || (await attempt(() => upload(avatar), avatarFailed))
  if (isNamed && isPictured) toast(done)
}

/** Creates the account, then saves its profile. If another visitor completed the setup first, that setup remains. */
export async function createOwner(owner: Owner): Promise<void> {
  const { username, password, setupCode, trustProxy } = owner
  const body = {
    username,
    password,
    ...(setupCode && { setup_code: setupCode }),
    ...(trustProxy && { trust_proxy: true })
  }
  try {
    await setUp(body, (token) => finishProfile(token, owner))
    suggestNextSteps(true)
  } catch (error) {
    if (!isProblem(error, 'ALREADY_CONFIGURED')) throw error
    await start('late')
  }
}
