import type { Config } from '../../../schemas/foundation/config.ts'
import { urlOf } from '../access.ts'
import { type CommandResult, done } from '../result.ts'
import type { Found } from './findings.ts'
import type { TakeoverRecord } from './record.ts'
import type { Return } from './steps.ts'

/** The answer of a takeover; `found` is null where an interrupted one was finished. */
export function describeTaken(config: Config, { folder }: TakeoverRecord, found: Found | null): CommandResult {
  const kept = found === null ? [] : ['Kept:', ...found.lines.slice(1).map((line) => `  ${line}`)]
  const url = urlOf(config, found?.findings.https ?? false)
  return done(
    [
      found === null
        ? 'The interrupted takeover is finished.'
        : `${found.findings.program} is stopped, and no longer starts.`,
      ...kept,
      `This Monitor runs in its place: ${url}`,
      `Copies of the old files and unit: ${folder}`,
      'The way back: proxmenux-monitor takeover --undo'
    ].join('\n'),
    { folder, ...(found && { found: found.findings }) }
  )
}

/** The answer of the way back. */
export function describeReturn(
  { port }: Config,
  { folder, unit, was_active, left_folder: left }: TakeoverRecord,
  { lost, kept, answers }: Return
): CommandResult {
  const state = was_active ? 'runs again' : 'is back, stopped as it was'
  const lines = [
    `The Monitor of ${unit} ${state}, with its files as they were.`,
    ...(lost.length > 0 ? [`As before the takeover again: ${lost.join('; ')}.`] : []),
    ...(kept.length > 0 ? [`Stays invalid in it: ${kept.join('; ')}.`] : []),
    ...(left === '' ? [] : [`The files of this Monitor: ${left}`])
  ]
  const result = done(lines.join('\n'), { folder, restored: unit, lost, kept })
  if (answers) return result
  const warning = `the old service has started, but does not answer on port ${port} yet: journalctl -u proxmenux-monitor`
  return { ...result, warning }
}
