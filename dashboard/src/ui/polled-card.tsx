import type { ReactNode } from 'react'
import type { Polled } from '../data/use-poll.ts'
import { Card, type CardProps } from './card.tsx'
import { Freshness, PollProblem } from './freshness.tsx'
import { Loading } from './skeleton.tsx'

export interface PolledCardProps<T> extends Omit<CardProps, 'children'> {
  polled: Polled<T>
  children(data: T): ReactNode
}

/** A card for polled data: loading, current, stale, or the error. */
export function PolledCard<T>({ polled, aside, children, ...card }: PolledCardProps<T>) {
  const both = (
    <div className="flex flex-wrap items-center justify-end gap-2">
      <Freshness polled={polled} />
      {aside}
    </div>
  )
  return (
    <Card {...card} aside={both}>
      <PollProblem polled={polled} />
      {polled.data === null ? !polled.problem && <Loading /> : children(polled.data)}
    </Card>
  )
}
