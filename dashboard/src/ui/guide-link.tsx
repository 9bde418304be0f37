import { urlOf } from '../api/place.ts'
import { t } from '../texts/index.ts'
import { Icon } from './icon.tsx'
import { circleHelpIcon } from './icon-shapes.ts'

interface GuideLinkProps {
  /** The anchor of a heading of docs/guide.md. */
  section: string
  /** The text; "Help" unless the text says what the link leads to. */
  children?: string
  /** What the help is about, for those who do not see where the link stands. */
  about?: string
}

/** A link to a heading of the guide, as the daemon shows it. In a new tab: a form or a dialog stays as it is. */
export function GuideLink({ section, children = t.ui.help, about }: GuideLinkProps) {
  return (
    <a
      href={`${urlOf('guide')}#${section}`}
      target="_blank"
      rel="noreferrer"
      className="inline-flex items-center gap-1.5 text-sm"
    >
      <Icon shape={circleHelpIcon} className="size-4" />
      <span>
        {children}
        <span className="sr-only">
          {about && `: ${about}`} ({t.ui.newTab})
        </span>
      </span>
    </a>
  )
}
