import type { UpdatesReply } from '../../schemas/host/updates.ts'
import { describeAge } from '../host/age.ts'
import type { Sample } from '../host/sampling.ts'
import type { Updates } from './apt.ts'
import type { OwnPackage } from './own-package.ts'

const describeOwnPackage = ({ value, reason }: Readonly<Sample<OwnPackage>>): UpdatesReply['monitor'] => ({
  installed_version: value?.installed ?? null,
  candidate_version: value?.candidate ?? null,
  update_available: value?.hasUpdate ?? null,
  restart_required: value?.needsRestart ?? null,
  reason: reason ?? value?.reason ?? null
})

/** The answer of GET /api/updates. */
export function describeUpdates(
  sample: Readonly<Sample<Updates>>,
  ownPackage: Readonly<Sample<OwnPackage>>,
  now: number
): UpdatesReply {
  const { value, reason } = sample
  const count = (wanted: (update: Updates['packages'][number]) => boolean) =>
    value?.packages.filter(wanted).length ?? null
  return {
    success: true,
    available_updates: count(({ from }) => from !== null),
    security_updates: count(({ security }) => security),
    new_packages: count(({ from }) => from === null),
    updates: value?.packages ?? [],
    removed: value?.removed ?? [],
    lists_refreshed_at: value?.listsRefreshedAt ? new Date(value.listsRefreshedAt).toISOString() : null,
    reboot_required: value?.rebootRequired ?? null,
    monitor: describeOwnPackage(ownPackage),
    ...describeAge(sample, now),
    reason:
      reason ?? (value?.listsRefreshedAt === null ? 'apt has not fetched package lists yet; run: apt update' : null)
  }
}
