import { type ChangeEvent, type KeyboardEvent, type PointerEvent, useEffect, useId, useRef, useState } from 'react'
import { t } from '../texts/index.ts'
import { Avatar } from './avatar.tsx'
import { ACCEPTED, type Crop, clampCrop, extentOf, MAX_ZOOM, openPicture, type Picture } from './avatar-crop.ts'
import { Button } from './button.tsx'
import { cx } from './class-names.ts'
import { Icon } from './icon.tsx'
import { imageIcon, zoomInIcon, zoomOutIcon } from './icon-shapes.ts'

export interface Picked {
  picture: Picture
  crop: Crop
}

export interface AvatarPickerProps {
  /** The source of the initial that is shown without an image. */
  name: string
  value: Picked | null
  onChange(value: Picked | null): void
  /** The current avatar, shown until another is chosen. */
  url?: string | null
}

const STEP = 0.04
const moves: Record<string, [number, number]> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP]
}

function CropFrame({ picked, onChange }: { picked: Picked; onChange(value: Picked): void }) {
  const { picture, crop } = picked
  const from = useRef<{ x: number; y: number; crop: Crop; side: number } | null>(null)
  const extent = extentOf(picture.image, crop.zoom)
  const put = (next: Crop) => onChange({ picture, crop: clampCrop(picture.image, next) })

  const onDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { x: event.clientX, y: event.clientY, crop, side: event.currentTarget.clientWidth }
  }
  const onMove = (event: PointerEvent) => {
    const start = from.current
    if (!start) return
    const x = start.crop.x + (event.clientX - start.x) / start.side
    put({ zoom: crop.zoom, x, y: start.crop.y + (event.clientY - start.y) / start.side })
  }
  const onKey = (event: KeyboardEvent) => {
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    put({ zoom: crop.zoom, x: crop.x + move[0], y: crop.y + move[1] })
  }
  const percent = (part: number) => `${part * 100}%`
  return (
    <div
      role="application"
      aria-label={t.access.avatar.crop}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is moved by the arrow keys
      tabIndex={0}
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerUp={() => {
        from.current = null
      }}
      onKeyDown={onKey}
      className="relative size-36 shrink-0 cursor-grab touch-none overflow-hidden rounded-full bg-raised active:cursor-grabbing"
    >
      <img
        src={picture.url}
        alt=""
        draggable={false}
        className="absolute max-w-none select-none"
        style={{
          width: percent(extent.width),
          height: percent(extent.height),
          left: percent((1 - extent.width) / 2 + crop.x),
          top: percent((1 - extent.height) / 2 + crop.y)
        }}
      />
    </div>
  )
}

function Zoom({ value, onChange }: { value: number; onChange(value: number): void }) {
  const id = useId()
  return (
    <div className="flex items-center gap-2 text-muted">
      <label htmlFor={id} className="sr-only">
        {t.access.avatar.zoom}
      </label>
      <Icon shape={zoomOutIcon} className="size-4" />
      <input
        id={id}
        type="range"
        min="1"
        max={MAX_ZOOM}
        step="0.05"
        value={value}
        onChange={(event) => onChange(Number(event.target.value))}
        className="min-w-0 flex-1 accent-accent"
      />
      <Icon shape={zoomInIcon} className="size-4" />
    </div>
  )
}

/** Selects an image and its crop square. `cutPicture` creates the file. */
export function AvatarPicker({ name, value, onChange, url: present = null }: AvatarPickerProps) {
  const texts = t.access.avatar
  const input = useRef<HTMLInputElement>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const url = value?.picture.url
  useEffect(() => () => void (url && URL.revokeObjectURL(url)), [url])

  const onFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0]
    // Allows the same file to be chosen again.
    event.target.value = ''
    if (!file) return
    const picture = await openPicture(file)
    setUnreadable(picture === null)
    if (picture) onChange({ picture, crop: { zoom: 1, x: 0, y: 0 } })
  }
  return (
    <div className="flex flex-wrap items-center gap-4">
      {value ? (
        <CropFrame picked={value} onChange={onChange} />
      ) : (
        <Avatar name={name || '?'} url={present} className={present ? 'size-24' : 'size-16 text-2xl'} />
      )}
      <div className={cx('flex min-w-0 flex-1 flex-col gap-2', value && 'basis-44')}>
        <input
          ref={input}
          type="file"
          accept={ACCEPTED.join(',')}
          onChange={(event) => void onFile(event)}
          tabIndex={-1}
          aria-label={texts.label}
          className="sr-only"
        />
        {value && (
          <Zoom
            value={value.crop.zoom}
            onChange={(zoom) =>
              onChange({ picture: value.picture, crop: clampCrop(value.picture.image, { ...value.crop, zoom }) })
            }
          />
        )}
        <div className="flex flex-wrap gap-2">
          <Button size="small" icon={imageIcon} onClick={() => input.current?.click()}>
            {value || present ? texts.replace : texts.choose}
          </Button>
          {value && (
            <Button size="small" look="quiet" onClick={() => onChange(null)}>
              {present ? t.ui.cancel : texts.remove}
            </Button>
          )}
        </div>
        <p role="status" className={cx('text-sm', isUnreadable ? 'text-bad' : 'text-muted')}>
          {isUnreadable ? texts.unreadable : texts.hint}
        </p>
      </div>
    </div>
  )
}
