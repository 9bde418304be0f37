import { Command, Reason } from '../../parts/reason.tsx'
import { texts } from '../../texts/hardware.ts'
import { t } from '../../texts/index.ts'
import { Card } from '../../ui/card.tsx'
import { circleHelpIcon } from '../../ui/icon-shapes.ts'
import { type Hardware, isPending } from './parts.ts'

type Part = keyof typeof texts.parts

const parts = Object.keys(texts.parts) as Part[]
/** Read from sensor chips, for which the kernel needs a driver. */
const ofChips: readonly Part[] = ['temperatures', 'fans', 'voltages']

/** The parts without a value by their reason. A part that is still being read is not among them. */
function partsByReason(hardware: Hardware): Map<string, string[]> {
  const { reasons, sources } = hardware
  const byReason = new Map<string, string[]>()
  const add = (name: string, reason: string) => byReason.set(reason, [...(byReason.get(reason) ?? []), name])
  for (const part of parts) {
    const reason = reasons[part] ?? t.ui.notAvailable
    if (hardware[part] === null && !isPending(reason)) add(texts.parts[part], reason)
  }
  const { reason: names } = sources.pci_names
  if (names !== null && !isPending(names) && hardware.pci_devices !== null) add(texts.names, names)
  return byReason
}

/** One line for what this host does not show, why, and how to get it. */
export function Missing({ hardware }: { hardware: Hardware }) {
  const unread = [...partsByReason(hardware)]
  const empty = parts.filter((part) => {
    const value = hardware[part]
    return Array.isArray(value) && value.length === 0
  })
  if (unread.length === 0 && empty.length === 0) return null
  const lacksSensors = ofChips.some(
    (part) => empty.includes(part) || (hardware[part] === null && !isPending(hardware.reasons[part]))
  )
  return (
    <Card title={texts.missing} icon={circleHelpIcon}>
      <ul className="flex flex-col gap-2 text-sm text-muted">
        {unread.map(([reason, names]) => (
          <li key={reason}>
            <span className="font-medium text-text">{names.join(', ')}:</span> <Reason text={reason} />
          </li>
        ))}
        {empty.length > 0 && (
          <li>
            <span className="font-medium text-text">{empty.map((part) => texts.parts[part]).join(', ')}:</span>{' '}
            {texts.nothingFound}
          </li>
        )}
        {lacksSensors && (
          <li>
            {texts.noDriverForSensors} <Command text={texts.lmSensors} />
          </li>
        )}
      </ul>
    </Card>
  )
}
