import type { ReactNode } from 'react'
import { Value } from '../../parts/sample.tsx'
import { texts } from '../../texts/guests.ts'
import type { Guest } from './guest.ts'

export type MeasuredField = 'cpu' | 'mem' | 'disk' | 'uptime' | 'netin' | 'netout' | 'diskread' | 'diskwrite'

interface MeasuredProps {
  guest: Guest
  field: MeasuredField
  children(value: number): ReactNode
}

/** A measured value of a guest. Proxmox VE reports 0 for a guest that is off, which is not a measurement. */
export function Measured({ guest, field, children }: MeasuredProps) {
  const isOff = guest.status === 'stopped' && guest[field] != null
  return (
    <Value value={isOff ? null : guest[field]} reason={isOff ? texts.off : guest.reason}>
      {children}
    </Value>
  )
}
