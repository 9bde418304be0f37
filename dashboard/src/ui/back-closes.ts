import { useEffect, useRef } from 'react'

// While a dialog is open, the history has one marked entry more of the same address: going back to the entry before it
// closes the dialog and not the page.
const MARK = { dialog: true }
const isMarked = (): boolean => (history.state as Partial<typeof MARK> | null)?.dialog === true

/** The open dialogs, the newest last. */
const dialogs: { close(): void }[] = []
let isLeaving = false
let isSettling = false

/** Marks an entry, or leaves the marked one, after all dialogs of this moment have opened and closed. */
function settle(): void {
  if (isSettling) return
  isSettling = true
  setTimeout(() => {
    isSettling = false
    if (isLeaving) return
    if (dialogs.length > 0 && !isMarked()) history.pushState(MARK, '')
    else if (dialogs.length === 0 && isMarked()) leave()
  })
}

function leave(): void {
  isLeaving = true
  history.back()
}

// After a reload no dialog is open.
if (isMarked()) history.replaceState(null, '')

window.addEventListener('popstate', () => {
  const wasLeaving = isLeaving
  isLeaving = false
  // Closing is up to the dialog. One that stays open gets its entry again.
  if (!wasLeaving && !isMarked()) dialogs.at(-1)?.close()
  settle()
})

/** Lets "Back" call `onBack` while the dialog is open. */
export function useBackCloses(isOpen: boolean, onBack: () => void): void {
  const latest = useRef(onBack)
  latest.current = onBack
  useEffect(() => {
    if (!isOpen) return
    const dialog = { close: () => latest.current() }
    dialogs.push(dialog)
    settle()
    return () => {
      dialogs.splice(dialogs.indexOf(dialog), 1)
      settle()
    }
  }, [isOpen])
}
