import { formatDate, formatHour } from '../../data/format.ts'
import { t } from '../../texts/index.ts'
import { IconButton } from '../../ui/button.tsx'
import {
  chevronLeftIcon,
  chevronRightIcon,
  minimizeIcon,
  type Shape,
  zoomInIcon,
  zoomOutIcon
} from '../../ui/icon-shapes.ts'
import type { Zoom } from './use-zoom.ts'
import type { TimeRange, ZoomStep } from './zoom.ts'

const DAY_S = 86_400
const { history: h } = t

function describe({ from, to }: TimeRange): string {
  const end = to - from < DAY_S ? formatHour(to * 1000) : formatDate(to * 1000)
  return h.zoomed(formatDate(from * 1000), end)
}

const steps: readonly { step: ZoomStep; label: string; icon: Shape }[] = [
  { step: 'in', label: h.zoomIn, icon: zoomInIcon },
  { step: 'out', label: h.zoomOut, icon: zoomOutIcon },
  { step: 'earlier', label: h.earlier, icon: chevronLeftIcon },
  { step: 'later', label: h.later, icon: chevronRightIcon },
  { step: 'reset', label: h.zoomReset, icon: minimizeIcon }
]

/** The buttons that zoom the charts of a history, and the time that they show. */
export function ZoomBar({ zoom }: { zoom: Zoom }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div role="group" aria-label={h.zoom} className="flex flex-wrap items-center gap-x-1 gap-y-1.5">
      {steps.map(({ step, label, icon }) => {
        const isAble = zoom.can(step)
        return (
          // Not disabled, so that the focus stays on a button that can do no more.
          <IconButton
            key={step}
            icon={icon}
            label={label}
            aria-disabled={!isAble || undefined}
            className="aria-disabled:opacity-60"
            onClick={() => isAble && zoom.step(step)}
          />
        )
      })}
      <p role="status" className={zoom.isZoomed ? 'px-2 text-sm' : 'px-2 text-xs text-muted pointer-coarse:hidden'}>
        {zoom.isZoomed ? describe(zoom.shown) : h.zoomHint}
      </p>
    </div>
  )
}
