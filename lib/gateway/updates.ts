import { CommandError, type Commands } from './commands.ts'
import { outdatedIn } from './operations.ts'
import type { RecordFile } from './record.ts'
import type { GatewayUpdate } from './types.ts'

const CHECK_LASTS_MS = 3_600_000

const withoutRevision = (version: string): string => version.replace(/-r\d+$/, '')

/** Asks the container's package repository for newer versions, at most once an hour unless forced. */
export function createUpdateCheck({ record, now }: { record: RecordFile; now: () => number }) {
  let known: { update: GatewayUpdate; at: number } | null = null

  async function ask({ inside }: Commands): Promise<GatewayUpdate> {
    const { vmid } = record.current()!
    await inside(vmid, ['apk', 'update'], { timeoutMs: 60_000 })
    const { stdout } = await inside(vmid, ['apk', 'version'], { timeoutMs: 30_000 })
    const { stdout: version } = await inside(vmid, ['tailscale', 'version'], { timeoutMs: 20_000 })
    const current = version.split('\n')[0]!.trim()
    const packages = outdatedIn(stdout)
    const newer = packages.find(({ name }) => name === 'tailscale')
    return {
      available: packages.length > 0,
      current_version: current || null,
      latest_version: newer ? withoutRevision(newer.latest) : current || null,
      packages,
      checked_at: new Date(now()).toISOString(),
      reason: null
    }
  }

  return {
    forget: () => {
      known = null
    },
    /** Never throws: a check that failed keeps the last answer and says why. */
    async read(commands: Commands, force: boolean): Promise<GatewayUpdate> {
      const age = known === null ? Number.POSITIVE_INFINITY : now() - known.at
      if (known !== null && !force && age >= 0 && age < CHECK_LASTS_MS) return known.update
      try {
        known = { update: await ask(commands), at: now() }
        return known.update
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        const nothing = {
          available: false,
          current_version: null,
          latest_version: null,
          packages: [],
          checked_at: null
        }
        return { ...(known?.update ?? nothing), reason: error.message }
      }
    }
  }
}
