import { type CSSProperties, type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** What the browser's own keyboard takes at least; a bar that slides away takes less. */
const KEYBOARD = 150
const LEAST = 280
/** By how much the frame reaches into what the page leaves free for the bar at its bottom. */
const OVER_THE_MARGIN = 36

const narrow = matchMedia('(width < 40rem)')

export function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(narrow.matches)
  useEffect(() => {
    const update = () => setNarrow(narrow.matches)
    narrow.addEventListener('change', update)
    return () => narrow.removeEventListener('change', update)
  }, [])
  return isNarrow
}

export interface Frame {
  /** It lies over the page: it fills the window, or all that a keyboard on the screen leaves. */
  isFixed: boolean
  style: CSSProperties
}

function measure(place: HTMLElement, isMaximized: boolean): { top: number | null; height: number } {
  const view = window.visualViewport
  const height = view?.height ?? window.innerHeight
  const isKeyboardOpen = window.innerHeight - height * (view?.scale ?? 1) > KEYBOARD
  if (isMaximized || isKeyboardOpen) return { top: view?.offsetTop ?? 0, height }
  const start = place.getBoundingClientRect().bottom + window.scrollY
  const margin = Number.parseFloat(getComputedStyle(document.getElementById('main')!).paddingBottom)
  const below = narrow.matches ? margin - OVER_THE_MARGIN : margin
  return { top: null, height: Math.max(LEAST, Math.floor(window.innerHeight - start - below)) }
}

/** How much of the window is there below `place`, so that neither the page nor a keyboard covers the prompt. */
export function useFrame(place: RefObject<HTMLElement | null>, isMaximized: boolean): Frame {
  const [room, setRoom] = useState<ReturnType<typeof measure>>({ top: null, height: LEAST })
  useLayoutEffect(() => {
    const update = () => {
      if (!place.current) return
      const next = measure(place.current, isMaximized)
      setRoom((last) => (last.top === next.top && last.height === next.height ? last : next))
    }
    update()
    // A banner above may come and go.
    const observer = new ResizeObserver(update)
    observer.observe(place.current!.parentElement!)
    window.addEventListener('resize', update)
    window.visualViewport?.addEventListener('resize', update)
    window.visualViewport?.addEventListener('scroll', update)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', update)
      window.visualViewport?.removeEventListener('resize', update)
      window.visualViewport?.removeEventListener('scroll', update)
    }
  }, [place, isMaximized])
  const { top, height } = room
  return top === null ? { isFixed: false, style: { height } } : { isFixed: true, style: { top, height } }
}
