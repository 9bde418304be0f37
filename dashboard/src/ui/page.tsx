import type { ReactNode } from 'react'
import { GuideLink } from './guide-link.tsx'

export interface PageProps {
  title: string
  /** One sentence about the purpose of the page or the age of its data. */
  lead?: ReactNode
  /** Shown to the right of the title. */
  actions?: ReactNode
  /** The heading of the guide that is about this page. */
  help?: string | undefined
  /** What the help is about; otherwise the title. */
  helpAbout?: string
  children: ReactNode
}

/** The frame of a page: its first-level heading and the column below. */
export function Page({ title, lead, actions, help, helpAbout = title, children }: PageProps) {
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-x-4 gap-y-2">
        <div>
          <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
          {lead && <p className="text-sm text-muted">{lead}</p>}
        </div>
        {(actions || help) && (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            {actions}
            {help && <GuideLink section={help} about={helpAbout} />}
          </div>
        )}
      </div>
      {children}
    </>
  )
}
