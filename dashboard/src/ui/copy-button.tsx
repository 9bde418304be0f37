import { useEffect, useState } from 'react'
import { t } from '../texts/index.ts'
import { Button, type ButtonProps } from './button.tsx'
import { checkIcon, copyIcon } from './icon-shapes.ts'
import { toast } from './toast.tsx'

/** Browsers offer the Clipboard API only on HTTPS and localhost. `execCommand` also works over plain HTTP. */
export async function copyText(text: string): Promise<boolean> {
  try {
    if (navigator.clipboard) {
      await navigator.clipboard.writeText(text)
      return true
    }
  } catch {
    // The Clipboard API was denied. `execCommand` may still work.
  }
  const area = document.createElement('textarea')
  area.value = text
  area.className = 'fixed top-0 left-0 opacity-0'
  const before = document.activeElement
  // Inside an open dialog, because the dialog traps the focus.
  const place = document.querySelector('[role="dialog"]') ?? document.body
  place.append(area)
  area.focus({ preventScroll: true })
  area.select()
  try {
    return document.execCommand('copy')
  } finally {
    area.remove()
    if (before instanceof HTMLElement) before.focus({ preventScroll: true })
  }
}

export function CopyButton({ text, children, ...rest }: Omit<ButtonProps, 'onClick'> & { text: string }) {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), 2000)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = async () => {
    if (await copyText(text)) setCopied(true)
    else toast(t.ui.copyFailed, 'warn')
  }
  return (
    <Button {...rest} icon={isCopied ? checkIcon : copyIcon} onClick={() => void copy()}>
      <span aria-live="polite">{isCopied ? t.ui.copied : (children ?? t.ui.copy)}</span>
    </Button>
  )
}
