/** What happened at a time, in seconds from the start: output, another size, or a mark. */
export type CastEvent = readonly [time: number, kind: string, text: string]

export interface Cast {
  /** Whose terminal it was, as the file says; empty where it does not. */
  title: string
  /** When it began, as milliseconds since the epoch; null where the file does not say. */
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

/** An asciicast of version 2 (docs.asciinema.org/manual/asciicast/v2); null for what is none. Lines cut off are left out. */
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

/** The same with no pause longer than this. */
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

/** `120x40`, within what an emulator takes; null for what is no size. */
export function readSize(text: string): { cols: number; rows: number } | null {
  const [, cols = 0, rows = 0] = /^(\d{1,4})x(\d{1,4})$/.exec(text)?.map(Number) ?? []
  return cols >= 1 && cols <= 1000 && rows >= 1 && rows <= 1000 ? { cols, rows } : null
}
