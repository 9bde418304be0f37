import * as Radix from '@radix-ui/react-tabs'
import { type ReactNode, useEffect, useRef } from 'react'

export interface TabsProps<T extends string> {
  label: string
  value: T
  onChange(value: T): void
  tabs: readonly { value: T; label: string; content: ReactNode }[]
}

/** Controlled tabs. Keep their state in the URL: `goTo('security', value)`. */
export function Tabs<T extends string>({ label, value, onChange, tabs }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null)
  // Scrolls the active tab into view if the tabs do not fit.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the value says which one is active
  useEffect(() => {
    list.current?.querySelector('[data-state="active"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [value])
  return (
    <Radix.Root value={value} onValueChange={(next) => onChange(next as T)} className="flex flex-col gap-4">
      <Radix.List
        ref={list}
        aria-label={label}
        className={
          // The fade at the edge indicates more tabs.
          'flex gap-1 overflow-x-auto border-b max-md:pr-8 ' +
          'max-md:mask-[linear-gradient(to_right,black_calc(100%-2.5rem),transparent)]'
        }
      >
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className={
              'min-h-10 shrink-0 border-b-2 border-transparent px-3 text-sm font-medium text-muted hover:text-text ' +
              'focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-text'
            }
          >
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className="flex flex-col gap-4">
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
