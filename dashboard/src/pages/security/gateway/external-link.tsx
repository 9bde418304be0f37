import type { ReactNode } from 'react'
import { t } from '../../../texts/index.ts'
import { buttonClass } from '../../../ui/button.tsx'
import { Icon } from '../../../ui/icon.tsx'
import { externalLinkIcon } from '../../../ui/icon-shapes.ts'

interface ExternalLinkProps {
  href: string
  isButton?: boolean
  children: ReactNode
}

/** A link to a page of Tailscale, in a new tab. */
export function ExternalLink({ href, isButton = false, children }: ExternalLinkProps) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noreferrer"
      className={isButton ? buttonClass('secondary', 'small') : 'inline-flex items-baseline gap-1'}
    >
      {children}
      <Icon shape={externalLinkIcon} className={isButton ? 'size-4' : 'size-3.5 self-center'} />
      <span className="sr-only">({t.ui.newTab})</span>
    </a>
  )
}
