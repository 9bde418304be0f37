import { formatBytes, formatPercent } from '../../data/format.ts'
import { shellWord } from '../../data/shell-word.ts'
import { Command } from '../../parts/reason.tsx'
import { t } from '../../texts/index.ts'
import { Notice } from '../../ui/notice.tsx'
import type { Storage } from './disk.ts'
import { isNearlyFull, looksFor, reservedOf } from './space.ts'

type Filesystem = Storage['filesystems'][number]
const { storage: s } = t

/** Where to look if a file system is nearly full. */
function NearlyFull({ of }: { of: Filesystem }) {
  return (
    <Notice tone="warn">
      <div className="flex flex-col gap-1.5">
        <p>
          <span translate="no" className="font-semibold wrap-anywhere">
            {of.mountpoint}
          </span>{' '}
          {s.nearlyFull(formatPercent(of.usage_percent!))}
        </p>
        <ul className="flex flex-col gap-1 text-text">
          {looksFor(of).map(({ look, command }) => (
            <li key={look} className="flex flex-wrap items-center gap-x-2 wrap-anywhere">
              {s.looks[look]} <Command text={command} />
            </li>
          ))}
        </ul>
      </div>
    </Notice>
  )
}

/** Why used and free space together are less than the size. Opened by touch and by keyboard too. */
function Reserved({ filesystems }: { filesystems: Filesystem[] }) {
  return (
    <details className="text-sm">
      <summary className="min-h-7 cursor-pointer text-muted">{s.reservedTitle}</summary>
      <div className="flex flex-col gap-2 pt-1">
        <p>{s.reservedText}</p>
        <ul className="flex flex-col gap-1">
          {filesystems.map((one) => (
            <li key={one.mountpoint} className="flex flex-wrap items-center gap-x-2 wrap-anywhere">
              <span>
                <span translate="no">{one.mountpoint}</span>: {s.reserved(formatBytes(reservedOf(one)))}
              </span>
              <Command text={`tune2fs -l ${shellWord(one.device)} | grep -i 'reserved block count'`} />
            </li>
          ))}
        </ul>
      </div>
    </details>
  )
}

/** Notes below the table of the file systems. */
export function SpaceNotes({ filesystems }: { filesystems: Filesystem[] }) {
  const reserving = filesystems.filter((one) => reservedOf(one) > 0)
  return (
    <>
      {filesystems.filter(isNearlyFull).map((one) => (
        <NearlyFull key={one.mountpoint} of={one} />
      ))}
      {reserving.length > 0 && <Reserved filesystems={reserving} />}
    </>
  )
}
