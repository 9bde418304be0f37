import { useState } from 'react'
import { t } from '../../../texts/index.ts'
import { Select } from '../../../ui/select.tsx'

const SECONDS = [60, 120, 300, 600]

export const useConfirmDelay = (standard: '120' | '300' = '120') => useState<string>(standard)

/** How long the host waits for a confirmation before it reverts the change. */
export function ConfirmDelaySelect({ value, onChange }: { value: string; onChange(value: string): void }) {
  const texts = t.security.https
  return (
    <Select
      label={texts.confirmDelay}
      hint={texts.confirmDelayHint}
      value={value}
      onChange={onChange}
      options={SECONDS.map((seconds) => ({ value: String(seconds), label: texts.confirmDelayOption(seconds) }))}
    />
  )
}
