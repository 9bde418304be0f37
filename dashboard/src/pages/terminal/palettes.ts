import type { ITheme } from '@xterm/xterm'

/** Sixteen colours with a contrast of at least 4.5 : 1. The emulator adjusts all other colours (minimumContrastRatio). */
export const palettes: Record<'light' | 'dark', ITheme> = {
  light: {
    background: '#ffffff',
    foreground: '#17202b',
    cursor: '#1b4fd1',
    cursorAccent: '#ffffff',
    selectionBackground: '#bcd0fb',
    scrollbarSliderBackground: '#17202b38',
    scrollbarSliderHoverBackground: '#17202b66',
    scrollbarSliderActiveBackground: '#17202b80',
    black: '#17202b',
    red: '#a01a20',
    green: '#0b6638',
    yellow: '#7a4600',
    blue: '#1b4fd1',
    magenta: '#8a2193',
    cyan: '#0b5f70',
    white: '#55626f',
    brightBlack: '#55626f',
    brightRed: '#c22b32',
    brightGreen: '#17753f',
    brightYellow: '#8a5600',
    brightBlue: '#2f63e6',
    brightMagenta: '#a735b1',
    brightCyan: '#147184',
    brightWhite: '#17202b'
  },
  dark: {
    background: '#0d1117',
    foreground: '#e7ecf2',
    cursor: '#8db4ff',
    cursorAccent: '#0d1117',
    selectionBackground: '#2b4a80',
    scrollbarSliderBackground: '#e7ecf238',
    scrollbarSliderHoverBackground: '#e7ecf266',
    scrollbarSliderActiveBackground: '#e7ecf280',
    black: '#8494a6',
    red: '#ff9d96',
    green: '#74d9a0',
    yellow: '#f3c063',
    blue: '#8db4ff',
    magenta: '#e3a2f0',
    cyan: '#6fd3e3',
    white: '#c9d3de',
    brightBlack: '#9dabba',
    brightRed: '#ffb7b2',
    brightGreen: '#9be7bd',
    brightYellow: '#f8d694',
    brightBlue: '#b1ccff',
    brightMagenta: '#efc2f7',
    brightCyan: '#9fe3ee',
    brightWhite: '#ffffff'
  }
}

const query = matchMedia('(prefers-color-scheme: dark)')

const read = () => palettes[document.documentElement.dataset.theme === 'dark' || followsDark() ? 'dark' : 'light']
const followsDark = () => document.documentElement.dataset.theme === undefined && query.matches

/** Calls `apply` with the palette of the theme, now and on each change. Returns a function that stops it. */
export function followTheme(apply: (palette: ITheme) => void): () => void {
  const update = () => apply(read())
  const observer = new MutationObserver(update)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  query.addEventListener('change', update)
  update()
  return () => {
    observer.disconnect()
    query.removeEventListener('change', update)
  }
}
