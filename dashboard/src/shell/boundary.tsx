import { Component, type ReactNode } from 'react'
import { t } from '../texts/index.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { circleHelpIcon, rotateCwIcon } from '../ui/icon-shapes.ts'

export function Message({ title, icon, children, action }: Parameters<typeof EmptyState>[0]) {
  return (
    <Card>
      <EmptyState icon={icon} title={title} action={action}>
        {children}
      </EmptyState>
    </Card>
  )
}

/** A page that throws, or whose file is gone with the version it belonged to, leaves the shell standing. */
export class Boundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }
  static getDerivedStateFromError() {
    return { isBroken: true }
  }
  override render() {
    if (!this.state.isBroken) return this.props.children
    const action = (
      <Button icon={rotateCwIcon} onClick={() => location.reload()}>
        {t.pages.reload}
      </Button>
    )
    return (
      <Message icon={circleHelpIcon} title={t.pages.broken} action={action}>
        {t.pages.brokenText}
      </Message>
    )
  }
}
