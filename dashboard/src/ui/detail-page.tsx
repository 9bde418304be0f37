import { buttonClass } from './button.tsx'
import { Card } from './card.tsx'
import { EmptyState } from './empty-state.tsx'
import { Icon } from './icon.tsx'
import { arrowLeftIcon, circleHelpIcon } from './icon-shapes.ts'
import { Page } from './page.tsx'

/** The list that a page of one entry belongs to. */
export interface ListLink {
  href: string
  name: string
}

/** Above a page of one entry: the way back to its list. */
export const BackLink = ({ href, name }: ListLink) => (
  <a href={href} className="flex items-center gap-1.5 self-start text-sm">
    <Icon shape={arrowLeftIcon} className="size-4" />
    {name}
  </a>
)

/** The page of an entry that does not exist. */
export function NotFoundPage({ title, text, list }: { title: string; text: string; list: ListLink }) {
  const action = (
    <a href={list.href} className={buttonClass()}>
      {list.name}
    </a>
  )
  return (
    <Page title={title}>
      <Card>
        <EmptyState icon={circleHelpIcon} title={title} action={action}>
          {text}
        </EmptyState>
      </Card>
    </Page>
  )
}
