import { lazy, Suspense, useEffect, useState } from 'react'
import { t } from '../texts/index.ts'
import { IconButton } from '../ui/button.tsx'
import { searchIcon } from '../ui/icon-shapes.ts'

const Palette = lazy(() => import('./palette.tsx'))

/** In a terminal Ctrl-K belongs to the shell, and a dialog has to be answered first. */
const isTaken = ({ target, metaKey }: KeyboardEvent): boolean =>
  document.querySelector('[role="dialog"]') !== null ||
  (!metaKey && target instanceof Element && target.closest('.xterm') !== null)

/** Opens the palette, as Ctrl-K or ⌘K does on every page. */
export function PaletteButton({ hasProxmox }: { hasProxmox: boolean }) {
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isShortcut = event.key.toLowerCase() === 'k' && event.ctrlKey !== event.metaKey
      if (!isShortcut || event.altKey || event.shiftKey || isTaken(event)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <IconButton
        icon={searchIcon}
        label={t.palette.open}
        title={`${t.palette.open} (Ctrl-K)`}
        aria-keyshortcuts="Control+K Meta+K"
        className="max-sm:hidden"
        onClick={() => setOpen(true)}
      />
      {isOpen && (
        <Suspense>
          <Palette hasProxmox={hasProxmox} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  )
}
