import { urlOf } from '../api/place.ts'
import { t } from '../texts/index.ts'
import { Icon } from './icon.tsx'
import { circleHelpIcon } from './icon-shapes.ts'

/** A link to a heading of docs/guide.md, as the daemon shows it. In a new tab: a form or a dialog stays as it is. */
export function GuideLink({ section, children = t.ui.guide }: { section: string; children?: string }) {
  return (
    <a
      href={`${urlOf('guide')}#${section}`}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1.5 text-sm"
    >
      <Icon shape={circleHelpIcon} className="size-4" />
      {children}
      <span className="sr-only">({t.ui.newTab})</span>
    </a>
  )
}
