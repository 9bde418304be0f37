import type { GatewayJobKind } from '../../schemas/security/gateway.ts'
import { CommandError, outputOf, reasonIn } from './commands.ts'
import { destroyContainer, ownerOf, readConfig } from './container.ts'
import { comesWithin, deployment, leaveTailnet, newLogin, readStatus, type Step, type Work } from './deployment.ts'
import { MACHINES_PAGE } from './tailscale.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

const vmidOf = ({ record }: Work): number => record.current()!.vmid

async function isRunning({ commands, record }: Work): Promise<boolean> {
  const { stdout } = await commands.pct(['status', `${record.current()!.vmid}`], { timeoutMs: 30 * SECOND })
  return /status: running/.test(stdout)
}

/** `pct start`, `stop` or `reboot`, and whether the container runs afterwards. */
const power = (action: 'start' | 'stop' | 'reboot', runs: boolean): Step => ({
  name: action === 'reboot' ? 'restart' : action,
  async do(work) {
    if (action !== 'reboot' && (await isRunning(work)) === runs) return undefined
    const ending = await work.commands.run('pct', [action, `${vmidOf(work)}`], { timeoutMs: 2 * MINUTE })
    return outputOf(ending, `pct ${action}`)
  },
  async check(work, output) {
    if ((await isRunning(work)) === runs) return work.say(`container ${vmidOf(work)} ${runs ? 'runs' : 'is stopped'}`)
    throw new CommandError(reasonIn(output ?? '') ?? `container ${vmidOf(work)} ${runs ? 'does not run' : 'runs on'}`)
  }
})

const leave: Step = {
  name: 'leave',
  async do(work) {
    // From here on, a removal that is interrupted is completed at the next start.
    if (work.record.current()!.phase === 'installed') await work.record.save({ phase: 'removing' })
    const config = await readConfig(work.commands, vmidOf(work))
    if (ownerOf(config, work.record.current()!) !== 'ours') {
      work.say('the container no longer exists')
      return undefined
    }
    // The container goes in any case; a device that stays in the tailnet can be removed by hand.
    try {
      if (!(await isRunning(work))) await work.commands.pct(['start', `${vmidOf(work)}`], { timeoutMs: 2 * MINUTE })
      const status = await readStatus(work)
      if (status?.backend !== 'NeedsLogin') await leaveTailnet(work)
      work.say('left the tailnet')
    } catch (error) {
      work.say(`could not leave the tailnet: ${(error as Error).message}. Remove the device at ${MACHINES_PAGE}`)
    }
    return undefined
  }
}

const destroy: Step = {
  name: 'destroy',
  async do(work) {
    const record = work.record.current()!
    // A task of a deployed container may be its backup, which must go on.
    const found = await destroyContainer(work, record, { endsTasks: record.phase === 'deploying' })
    work.say(
      {
        ours: `container ${vmidOf(work)} destroyed`,
        absent: `container ${vmidOf(work)} no longer exists`,
        other: `container ${vmidOf(work)} is not the gateway's and was left alone`
      }[found]
    )
    return undefined
  }
}

const removeTemplate: Step = {
  name: 'template',
  async do(work) {
    await deployment[0]!.undo!(work)
    work.say(work.record.current()!.template_downloaded ? 'downloaded template removed' : 'nothing to remove')
    return undefined
  }
}

const download: Step = {
  name: 'download',
  async do(work) {
    await work.commands.inside(vmidOf(work), ['apk', 'update'], { timeoutMs: 2 * MINUTE })
    work.say('list of packages updated')
    return undefined
  }
}

const upgrade: Step = {
  name: 'upgrade',
  async do(work) {
    await work.commands.inside(vmidOf(work), ['apk', 'upgrade'], { timeoutMs: 5 * MINUTE })
    return undefined
  },
  async check({ commands, record, say }) {
    const { stdout } = await commands.inside(record.current()!.vmid, ['apk', 'version'], { timeoutMs: 30 * SECOND })
    const outdated = outdatedIn(stdout)
    if (outdated.length > 0) throw new CommandError(`still out of date: ${outdated.map(({ name }) => name).join(', ')}`)
    say('all packages are up to date')
  }
}

const restartTailscale: Step = {
  name: 'restart',
  async do(work) {
    await work.commands.inside(vmidOf(work), ['rc-service', 'tailscale', 'restart'], { timeoutMs: MINUTE })
    return undefined
  },
  async check(work) {
    const isThere = await comesWithin(work, 30 * SECOND, async () => {
      const backend = (await readStatus(work))?.backend ?? 'NoState'
      return backend !== 'NoState' && backend !== 'Starting'
    })
    if (isThere) return work.say('Tailscale runs')
    throw new CommandError('tailscaled does not answer after the restart')
  }
}

/** The steps of each job on an existing gateway, besides the deployment. */
export const operations: Record<GatewayJobKind, readonly Step[]> = {
  deploy: deployment,
  remove: [leave, destroy, removeTemplate],
  start: [power('start', true)],
  stop: [power('stop', false)],
  restart: [power('reboot', true)],
  'auth-key': newLogin,
  update: [download, upgrade, restartTailscale]
}

/** The rows of `apk version`: `tailscale-1.84.0-r0    < 1.86.2-r0`. */
export const outdatedIn = (text: string): { name: string; current: string; latest: string }[] =>
  [...text.matchAll(/^(\S+?)-(\d\S*)\s+<\s+(\S+)/gm)].map(([, name = '', current = '', latest = '']) => ({
    name,
    current,
    latest
  }))
