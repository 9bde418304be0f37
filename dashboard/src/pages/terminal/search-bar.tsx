import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { t } from '../../texts/index.ts'
import { IconButton } from '../../ui/button.tsx'
import { inputClass } from '../../ui/field.tsx'
import { chevronDownIcon, chevronUpIcon, xIcon } from '../../ui/icon-shapes.ts'
import type { TerminalTab } from './terminal-tab.ts'

// The same colours in both themes: dark text has enough contrast on them, and the emulator adjusts the rest.
const decorations = {
  matchBackground: '#f3c063',
  matchOverviewRuler: '#f3c063',
  activeMatchBackground: '#ff9d5c',
  activeMatchColorOverviewRuler: '#ff9d5c'
}

/** Searches the output of a terminal. */
export function SearchBar({ tab, onClose }: { tab: TerminalTab; onClose(): void }) {
  const [words, setWords] = useState('')
  const [found, setFound] = useState<{ at: number; all: number } | null>(null)
  const input = useRef<HTMLInputElement>(null)
  const { search } = tab.emulator

  useEffect(() => {
    input.current?.focus()
    const results = search.onDidChangeResults(({ resultIndex, resultCount }) =>
      setFound({ at: resultIndex + 1, all: resultCount })
    )
    return () => {
      results.dispose()
      search.clearDecorations()
    }
  }, [search])

  const look = (text: string, isBack: boolean) => {
    if (!text) {
      search.clearDecorations()
      setFound(null)
    } else if (isBack) search.findPrevious(text, { decorations })
    else search.findNext(text, { decorations })
  }
  // Starts at the end, because users mostly search for recent output.
  const begin = (text: string) => {
    setWords(text)
    tab.emulator.terminal.clearSelection()
    look(text, true)
  }
  // The button does not keep the focus: Enter and more letters are meant for the search.
  const step = (isBack: boolean) => {
    look(words, isBack)
    input.current?.focus()
  }
  const close = () => {
    onClose()
    tab.emulator.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') look(words, !event.shiftKey)
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  }
  return (
    <search className="flex items-center gap-1 max-sm:px-2">
      <input
        ref={input}
        type="search"
        aria-label={t.terminal.find}
        placeholder={t.terminal.find}
        value={words}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => begin(event.target.value)}
        onKeyDown={onKeyDown}
        className={`${inputClass} sm:max-w-80`}
      />
      <IconButton icon={chevronUpIcon} label={t.terminal.previous} onClick={() => step(true)} />
      <IconButton icon={chevronDownIcon} label={t.terminal.next} onClick={() => step(false)} />
      <span role="status" className="min-w-16 text-sm text-muted tabular-nums">
        {found && t.terminal.matches(found.at, found.all)}
      </span>
      <IconButton icon={xIcon} label={t.ui.close} onClick={close} className="ml-auto" />
    </search>
  )
}
