import { escapeValue, readable } from '../audit/line.ts'
import { listEvents } from '../audit/listing.ts'
import { type CommandResult, done } from './result.ts'
import { ACTOR, type CommandStores } from './stores.ts'
import { describeTable } from './table.ts'

const STORED_ACTOR = escapeValue(ACTOR)

/** Every event of a user has an address. A user who is called `command line` is shown in quotes. */
const describeUser = ({ user, ip }: { user: string; ip: string }): string =>
  user === STORED_ACTOR && ip === '-' ? ACTOR : readable(user)

/** `audit tail`: the newest events, the newest last. */
export async function tailEvents({ audit }: CommandStores, count: number): Promise<CommandResult> {
  const events = (await listEvents(audit, { limit: count })).events.toReversed()
  const rows = events.map((event) => [
    event.time,
    event.level,
    event.event,
    describeUser(event),
    event.ip,
    readable(event.target ?? '-')
  ])
  const text = describeTable(['TIME', 'LEVEL', 'EVENT', 'USER', 'ADDRESS', 'TARGET'], rows)
  return done(events.length === 0 ? 'No events.' : text, { events })
}
