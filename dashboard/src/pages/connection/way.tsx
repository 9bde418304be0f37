import { Fragment } from 'react'
import { texts } from '../../texts/connection.ts'
import { Card } from '../../ui/card.tsx'
import { cx } from '../../ui/class-names.ts'
import { routeIcon } from '../../ui/icon-shapes.ts'
import type { Report } from './report.ts'

/** A longer chain is shown by its near end: that is what counts, and the rest is whatever a client claims. */
const MOST = 8

const looks = {
  plain: 'bg-raised',
  good: 'border-good/45 bg-good-bg text-good',
  warn: 'border-warn/45 bg-warn-bg text-warn',
  faint: 'border-dashed',
  host: 'border-control bg-surface'
}

interface Station {
  name: string
  address: string
  look: keyof typeof looks
  why: string
}

const isUnchecked = ({ why }: Report['hops'][number]) => why.startsWith('ignored:')

// With these the address is not the visitor's own, and many share it.
const mistakes = new Set([
  'PROXY_NOT_TRUSTED',
  'HOP_NOT_TRUSTED',
  'NO_FORWARDED_FOR',
  'FORWARDED_ONLY',
  'BROKEN_FORWARDED_FOR'
])

/** The hops as stations, the visitor's end first, and this host. */
function listStations({ hops, client_address: client, problems, host }: Report): Station[] {
  const names = texts.stations
  const isMistaken = problems.some(({ code, severity }) => severity !== 'info' && mistakes.has(code))
  const self = hops.findLastIndex((hop) => !isUnchecked(hop) && hop.address === client)
  const describe = (hop: Report['hops'][number], i: number): Omit<Station, 'address'> => {
    const why = hop.trusted ? texts.trusted(hop.why) : hop.why.charAt(0).toUpperCase() + hop.why.slice(1)
    if (i === self && isMistaken) return { name: names.taken, look: 'warn', why }
    if (i === self) return { name: names.you, look: 'plain', why: hop.trusted ? why : texts.youWhy }
    if (hop.trusted) return { name: names.proxy, look: 'good', why }
    return { name: isUnchecked(hop) ? names.claimed : names.invalid, look: 'faint', why }
  }
  const stations = hops.map((hop, i) => ({ ...describe(hop, i), address: hop.address || texts.empty })).reverse()
  const all: Station[] = [...stations, { name: names.host, address: host, look: 'host', why: '' }]
  if (all.length <= MOST) return all
  const shown = all.slice(1 - MOST)
  return [{ name: names.more(all.length - shown.length), address: '', look: 'faint', why: '' }, ...shown]
}

/** The name of a variable is too long a word for a narrow station. */
const Breakable = ({ text }: { text: string }) =>
  text.split(/(?<=_)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a text have nothing else, and stay in their order
    <Fragment key={i}>
      {part}
      <wbr />
    </Fragment>
  ))

/** The way of a request to this host, from left to right where there is room. */
export function Way({ report }: { report: Report }) {
  const stations = listStations(report)
  const isRow = stations.length <= 4
  return (
    <Card title={texts.way} icon={routeIcon}>
      <ol aria-label={texts.way} className={cx('flex flex-col', isRow && 'md:flex-row')}>
        {stations.map(({ name, address, look, why }, i) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: an address may come twice, and its place is what it is
            key={i}
            className={cx('flex min-w-0 flex-col', isRow && 'md:flex-1 md:flex-row')}
          >
            {i > 0 && (
              <span
                aria-hidden="true"
                className={cx(
                  'flex items-center px-3 text-xl text-muted before:content-["↓"]',
                  isRow && 'md:before:content-["→"]'
                )}
              />
            )}
            <div
              className={cx(
                'flex min-w-0 flex-1 flex-col gap-0.5 rounded-lg border px-3.5 py-2.5 text-sm',
                looks[look]
              )}
            >
              <span className="font-semibold">{name}</span>
              <span translate="no" className="font-mono">
                {address}
              </span>
              {why && (
                <span className={look === 'good' || look === 'warn' ? undefined : 'text-muted'}>
                  <Breakable text={why} />
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
    </Card>
  )
}
