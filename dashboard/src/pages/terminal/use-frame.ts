import { type CSSProperties, type RefObject, useEffect, useLayoutEffect, useState } from 'react'

/** The minimum height of an on-screen keyboard in pixels. A collapsing browser bar is smaller. */
const KEYBOARD = 150
const LEAST = 280
/** How far the frame extends into the space reserved for the bottom bar, in pixels. */
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
  /** The frame covers the page: the whole window, or the part above an on-screen keyboard. */
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

/** The space of the window below `place`, so that neither the page nor a keyboard covers the prompt. */
export function useFrame(place: RefObject<HTMLElement | null>, isMaximized: boolean): Frame {
  const [frame, setFrame] = useState<ReturnType<typeof measure>>({ top: null, height: LEAST })
  useLayoutEffect(() => {
    const update = () => {
      if (!place.current) return
      const next = measure(place.current, isMaximized)
      setFrame((last) => (last.top === next.top && last.height === next.height ? last : next))
    }
    update()
    // A banner above may appear or disappear.
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
  const { top, height } = frame
  return top === null ? { isFixed: false, style: { height } } : { isFixed: true, style: { top, height } }
}
