import { Terminal } from '@xterm/xterm'
import { useCallback, useEffect, useReducer, useRef, useState } from 'react'
import { getRecording } from '../../api/client.ts'
import { formatDate } from '../../data/format.ts'
import { usePoll } from '../../data/use-poll.ts'
import { hrefOf } from '../../router.ts'
import { type Cast, readCast, shortenPauses } from '../../terminal/cast.ts'
import { Player } from '../../terminal/player.ts'
import { t } from '../../texts/index.ts'
import { buttonClass, IconButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Checkbox } from '../../ui/field.tsx'
import { PollProblem } from '../../ui/freshness.tsx'
import { Icon } from '../../ui/icon.tsx'
import { arrowLeftIcon, circleAlertIcon, pauseIcon, playIcon } from '../../ui/icon-shapes.ts'
import { Page } from '../../ui/page.tsx'
import { Loading } from '../../ui/skeleton.tsx'
import { followTheme } from './palettes.ts'

const LONGEST_PAUSE = 2
const speeds = [0.5, 1, 2, 4, 8, 16]

/** An emulator that plays a recording. It ignores input and sends no replies. */
function useStage(cast: Cast) {
  const place = useRef<HTMLElement>(null)
  const [player, setPlayer] = useState<Player | null>(null)
  const [, redraw] = useReducer((n: number) => n + 1, 0)
  useEffect(() => {
    const terminal = new Terminal({
      cols: cast.cols,
      rows: cast.rows,
      disableStdin: true,
      cursorBlink: false,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono') || 'monospace',
      fontSize: 14,
      minimumContrastRatio: 4.5,
      linkHandler: { activate: () => {} }
    })
    terminal.open(place.current!)
    // It has no input, so the keyboard scrolls the frame around it.
    if (terminal.textarea) terminal.textarea.tabIndex = -1
    const stopFollowing = followTheme((palette) => {
      terminal.options.theme = palette
    })
    const made = new Player({
      cast,
      stage: {
        reset(cols, rows) {
          terminal.reset()
          terminal.resize(cols, rows)
        },
        resize: (cols, rows) => terminal.resize(cols, rows),
        write: (text) => terminal.write(text)
      },
      onChange: redraw
    })
    setPlayer(made)
    return () => {
      made.stop()
      stopFollowing()
      terminal.dispose()
    }
  }, [cast])
  return { place, player }
}

const asClock = (seconds: number): string => {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`
}

function Controls({ player }: { player: Player }) {
  const text = t.terminal
  const { position, seconds, isPlaying, speed } = player
  return (
    <div className="flex flex-wrap items-center gap-3">
      <IconButton
        look="primary"
        icon={isPlaying ? pauseIcon : playIcon}
        label={isPlaying ? text.pause : text.play}
        onClick={() => (isPlaying ? player.pause() : player.play())}
      />
      <input
        type="range"
        aria-label={text.position}
        aria-valuetext={text.positionText(asClock(position), asClock(seconds))}
        min={0}
        max={Math.max(seconds, 0.001)}
        step="any"
        value={position}
        onChange={(event) => player.seek(Number(event.target.value))}
        className="h-10 min-w-40 flex-1 accent-accent"
      />
      <span className="text-sm text-muted tabular-nums">
        {asClock(position)} / {asClock(seconds)}
      </span>
      <label className="flex items-center gap-2 text-sm">
        {text.speed}
        <select
          value={speed}
          onChange={(event) => player.setSpeed(Number(event.target.value))}
          className="min-h-10 rounded-lg border border-control bg-surface px-2"
        >
          {speeds.map((each) => (
            <option key={each} value={each}>
              {each}×
            </option>
          ))}
        </select>
      </label>
    </div>
  )
}

function Playback({ cast }: { cast: Cast }) {
  const { place, player } = useStage(cast)
  const [isShort, setShort] = useState(false)
  const shorten = (wanted: boolean) => {
    setShort(wanted)
    player?.replace(wanted ? shortenPauses(cast, LONGEST_PAUSE) : cast)
  }
  return (
    <Card>
      <section
        ref={place}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller that a keyboard cannot reach cannot be scrolled by it
        tabIndex={0}
        translate="no"
        aria-label={t.terminal.screen}
        className="max-h-[50dvh] overflow-auto sm:max-h-[calc(100dvh-22rem)] rounded-lg border bg-[light-dark(#ffffff,#0d1117)] p-2"
      />
      {player && <Controls player={player} />}
      <Checkbox label={t.terminal.shorten} checked={isShort} onChange={(event) => shorten(event.target.checked)} />
    </Card>
  )
}

/** Plays one recording. */
export function Recording({ id }: { id: string }) {
  const load = useCallback(async (signal: AbortSignal) => readCast(await (await getRecording(id, signal)).text()), [id])
  const polled = usePoll(load, 0)
  const { data: cast, at, problem } = polled
  return (
    <Page
      title={t.terminal.recording}
      lead={cast && [cast.title, cast.startedAt && formatDate(cast.startedAt)].filter(Boolean).join(', ')}
      actions={
        <a href={hrefOf('terminal', 'recordings')} className={buttonClass()}>
          <Icon shape={arrowLeftIcon} />
          {t.terminal.toRecordings}
        </a>
      }
    >
      <PollProblem polled={polled} />
      {at === null && !problem && <Loading />}
      {at !== null && !cast && (
        <Card>
          <EmptyState icon={circleAlertIcon} title={t.terminal.broken} />
        </Card>
      )}
      {cast && <Playback cast={cast} />}
    </Page>
  )
}
