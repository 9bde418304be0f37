import { useEffect, useState } from 'react'
import { useTheme } from '../../shell/theme.ts'

export interface Colours {
  muted: string
  line: string
  fill: string
  lines: readonly string[]
}

/** The current value of a colour token for a canvas. `light-dark()` is resolved only on an element. */
function resolve(token: string): string {
  const probe = document.createElement('span')
  probe.style.color = `var(${token})`
  document.body.append(probe)
  const { color } = getComputedStyle(probe)
  probe.remove()
  return color
}

const read = (): Colours => ({
  muted: resolve('--muted'),
  line: resolve('--line'),
  fill: resolve('--accent').replace('rgb(', 'rgba(').replace(')', ', 0.1)'),
  lines: [resolve('--accent'), resolve('--warn'), resolve('--good')]
})

/** The theme colours for a canvas, updated when the theme changes. */
export function useColours(): Colours {
  const theme = useTheme()
  const [colours, setColours] = useState(read)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme is in the document
  useEffect(() => {
    const change = () => setColours(read())
    const query = matchMedia('(prefers-color-scheme: dark)')
    change()
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [theme])
  return colours
}
