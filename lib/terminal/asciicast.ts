import { StringDecoder } from 'node:string_decoder'

/** The terminal's user, target and size; stored in the header of its recording. */
export interface RecordedTerminal {
  /** The terminal's id, which its audit entry names. */
  id: string
  user: string
  /** `shell` or `lxc:<vmid>`. */
  target: string
  address: string
  cols: number
  rows: number
  shell: string
}

export const RECORDING_ID = /^[A-Za-z0-9_-]{16,64}$/

/** Longest text of one event. It bounds the lines of the file, for readers that read it line by line. */
const MAX_EVENT = 16 * 1024

/** The header of an asciicast v2 (docs.asciinema.org/manual/asciicast/v2), with the extra field `proxmenux`. */
export const formatHeader = (about: RecordedTerminal, startedAt: number): string =>
  `${JSON.stringify({
    version: 2,
    width: about.cols,
    height: about.rows,
    timestamp: Math.floor(startedAt / 1000),
    title: `${about.user}: ${about.target}`,
    env: { TERM: 'xterm-256color', SHELL: about.shell },
    proxmenux: { id: about.id, user: about.user, target: about.target, address: about.address, started_at: startedAt }
  })}\n`

export interface ReadHeader {
  user: string
  target: string
  address: string
  /** Milliseconds since the epoch. */
  startedAt: number
}

const parse = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** Parses a header; null if it is invalid or was not written by the Monitor. */
export function readHeader(line: string): ReadHeader | null {
  const header = parse(line) as { version?: unknown; proxmenux?: Record<string, unknown> } | null
  const { user, target, address, started_at: startedAt } = header?.proxmenux ?? {}
  if (header?.version !== 2 || typeof startedAt !== 'number' || Number.isNaN(new Date(startedAt).getTime())) return null
  if (typeof user !== 'string' || typeof target !== 'string' || typeof address !== 'string') return null
  return { user, target, address, startedAt }
}

/** Time in seconds of the last complete event in `tail`, the end of a file; null if there is no such event. */
export function readLastTime(tail: string): number | null {
  for (const line of tail
    .slice(0, tail.lastIndexOf('\n') + 1)
    .split('\n')
    .reverse()) {
    const event = line.startsWith('[') ? parse(line) : null
    if (Array.isArray(event) && typeof event[0] === 'number') return event[0]
  }
  return null
}

/**
 * Formats a terminal's output, resizes and end as asciicast lines. `monotonicNow`: milliseconds since its start,
 * monotonic.
 */
export function createEvents(monotonicNow: () => number) {
  const decoder = new StringDecoder('utf8')
  const event = (kind: 'o' | 'r' | 'm', text: string) =>
    `${JSON.stringify([Math.round(monotonicNow() * 1000) / 1e6, kind, text])}\n`
  const show = (text: string): string[] => {
    const lines: string[] = []
    while (text !== '') {
      // Do not split a surrogate pair.
      const isHigh = (text.charCodeAt(MAX_EVENT - 1) & 0xfc00) === 0xd800
      const end = isHigh ? MAX_EVENT - 1 : MAX_EVENT
      lines.push(event('o', text.slice(0, end)))
      text = text.slice(end)
    }
    return lines
  }
  return {
    output: (bytes: Buffer) => show(decoder.write(bytes)),
    resized: (cols: number, rows: number) => event('r', `${cols}x${rows}`),
    /** Bytes of an incomplete character become U+FFFD. */
    ended: (why: string) => [...show(decoder.end()), event('m', why)]
  }
}
