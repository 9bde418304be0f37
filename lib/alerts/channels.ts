import { randomBytes } from 'node:crypto'
import {
  type AlertsFile,
  alertKinds,
  type Channel,
  type ChannelChangesBody,
  type ChannelSettings,
  type NewChannelBody
} from '../../schemas/host/alerts.ts'
import { faultOfDestination, faultOfSettings, movesDestination, withChanges } from './channel-settings.ts'

export const MAX_CHANNELS = 20

export type ChannelRefusal = {
  ok: false
  code: 'VALIDATION' | 'CONFLICT' | 'NOT_FOUND' | 'PERMISSION'
  reason: string
  /** The field that has the fault. */
  details?: { path: string; message: string }[]
}
export type ChannelOutcome = { ok: true; channel: Channel } | ChannelRefusal

const refuse = (code: ChannelRefusal['code'], reason: string): ChannelRefusal => ({ ok: false, code, reason })

/** Why this caller cannot store the channel; null if it can. */
function refusalOf(channel: Channel, others: readonly Channel[]): ChannelRefusal | null {
  const { type, settings, name, allows_local } = channel
  const fault = faultOfSettings(type, settings)
  if (fault) {
    const path = `body/settings/${fault.field}`
    const { message } = fault
    return { ...refuse('VALIDATION', `${path} ${message}`), details: [{ path, message }] }
  }
  const ruled = faultOfDestination(type, settings, allows_local)
  if (ruled !== null) return refuse(allows_local ? 'VALIDATION' : 'PERMISSION', ruled)
  const isTaken = others.some((other) => other.name.toLowerCase() === name.toLowerCase())
  return isTaken ? refuse('CONFLICT', 'another channel has this name') : null
}

const isRefusal = <T extends object>(result: T | ChannelRefusal): result is ChannelRefusal => 'ok' in result

/** Adds a channel to the draft of alerts.json. */
export function addChannel(draft: AlertsFile, body: NewChannelBody, isOwner: boolean): ChannelOutcome {
  const channels = draft.channels ?? []
  if (channels.length >= MAX_CHANNELS) return refuse('CONFLICT', `there are ${MAX_CHANNELS} channels; remove one first`)
  const channel: Channel = {
    id: randomBytes(8).toString('hex'),
    name: body.name.trim(),
    type: body.type,
    settings: body.settings,
    is_enabled: body.is_enabled ?? true,
    min_severity: body.min_severity ?? 'warning',
    kinds: body.kinds ?? [...alertKinds],
    quiet_hours: body.quiet_hours ?? null,
    allows_local: isOwner
  }
  const refusal = refusalOf(channel, channels)
  if (refusal) return refusal
  draft.channels = [...channels, channel]
  return { ok: true, channel }
}

const find = ({ channels = [] }: AlertsFile, id: string): Channel | ChannelRefusal =>
  channels.find((each) => each.id === id) ?? refuse('NOT_FOUND', 'there is no such channel')

/**
 * Changes a channel in the draft. Whoever moves its destination decides by their own rights whether that may be local:
 * another user cannot use what the owner was allowed.
 */
export function changeChannel(
  draft: AlertsFile,
  id: string,
  body: ChannelChangesBody,
  isOwner: boolean
): ChannelOutcome {
  const before = find(draft, id)
  if (isRefusal(before)) return before
  const settings: ChannelSettings = withChanges(before.settings, body.settings ?? {})
  const channel: Channel = {
    ...before,
    name: body.name?.trim() ?? before.name,
    settings,
    is_enabled: body.is_enabled ?? before.is_enabled,
    min_severity: body.min_severity ?? before.min_severity,
    kinds: body.kinds ?? before.kinds,
    quiet_hours: body.quiet_hours === undefined ? before.quiet_hours : body.quiet_hours,
    allows_local: movesDestination(before.settings, settings) ? isOwner : before.allows_local
  }
  const others = draft.channels!.filter((each) => each.id !== id)
  const refusal = refusalOf(channel, others)
  if (refusal) return refusal
  draft.channels = draft.channels!.map((each) => (each.id === id ? channel : each))
  return { ok: true, channel }
}

export function removeChannel(draft: AlertsFile, id: string): ChannelOutcome {
  const channel = find(draft, id)
  if (isRefusal(channel)) return channel
  draft.channels = draft.channels!.filter((each) => each.id !== id)
  return { ok: true, channel }
}
