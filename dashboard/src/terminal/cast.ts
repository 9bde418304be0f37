/** An event and its time in seconds from the start: output, a resize, or a marker. */
export type CastEvent = readonly [time: number, kind: string, text: string]

export interface Cast {
  /** The user, as recorded in the file; empty if missing. */
  title: string
  /** The start, in milliseconds since the epoch; null if missing. */
  startedAt: number | null
  cols: number
  rows: number
  events: CastEvent[]
  seconds: number
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

const isEvent = (event: unknown): event is CastEvent =>
  Array.isArray(event) && Number.isFinite(event[0]) && typeof event[1] === 'string' && typeof event[2] === 'string'

/** Parses an asciicast v2 (docs.asciinema.org/manual/asciicast/v2); null if invalid. Truncated lines are skipped. */
export function readCast(text: string): Cast | null {
  const [first = '', ...lines] = text.split('\n')
  const header = parse(first) as Readonly<Record<string, unknown>> | null
  if (header?.version !== 2 || !Number.isInteger(header.width) || !Number.isInteger(header.height)) return null
  const events: CastEvent[] = []
  let last = 0
  for (const line of lines) {
    const event = parse(line)
    if (!isEvent(event)) continue
    last = Math.max(last, event[0])
    events.push([last, event[1], event[2]])
  }
  return {
    title: typeof header.title === 'string' ? header.title : '',
    startedAt: typeof header.timestamp === 'number' ? header.timestamp * 1000 : null,
    cols: header.width as number,
    rows: header.height as number,
    events,
    seconds: last
  }
}

/** The same recording with every pause limited to this length. */
export function shortenPauses(cast: Cast, longest: number): Cast {
  let before = 0
  let time = 0
  const events = cast.events.map(([at, kind, text]): CastEvent => {
    time += Math.min(longest, at - before)
    before = at
    return [time, kind, text]
  })
  return { ...cast, events, seconds: time }
}

/** Parses a size such as `120x40`, limited to what an emulator supports; null if invalid. */
export function readSize(text: string): { cols: number; rows: number } | null {
  const [, cols = 0, rows = 0] = /^(\d{1,4})x(\d{1,4})$/.exec(text)?.map(Number) ?? []
  return cols >= 1 && cols <= 1000 && rows >= 1 && rows <= 1000 ? { cols, rows } : null
}
