import { api } from '../api/client.ts'
import type { Reply } from '../api/paths.ts'
import { Problem, toProblem } from '../api/problem.ts'
import { getSession, subscribe as onSession } from '../session/state.ts'
import { type LiveMessage, type LiveSocket, openLive, SILENT_AFTER_MS } from './live-socket.ts'
import { mergePatch } from './merge-patch.ts'

/** The topics of the stream, and the routes that replace them without a stream, with their poll intervals. */
const topics = {
  system: { everyMs: 10_000, load: (signal: AbortSignal) => api.get('/api/system', { signal }) },
  network: { everyMs: 15_000, load: (signal: AbortSignal) => api.get('/api/network', { signal }) },
  storage: { everyMs: 30_000, load: (signal: AbortSignal) => api.get('/api/storage', { signal }) },
  guests: { everyMs: 60_000, load: (signal: AbortSignal) => api.get('/api/guests', { signal }) },
  gateway: { everyMs: 15_000, load: (signal: AbortSignal) => api.get('/api/gateway', { signal }) },
  tasks: { everyMs: 10_000, load: (signal: AbortSignal) => api.get('/api/tasks', { signal }) }
}
export interface LiveData {
  system: Reply<'/api/system'>
  network: Reply<'/api/network'>
  storage: Reply<'/api/storage'>
  guests: Reply<'/api/guests'>
  /** Without members until the gateway was asked for. */
  gateway: Partial<Reply<'/api/gateway'>>
  tasks: Reply<'/api/tasks'>
}
export type Topic = keyof LiveData

export interface LiveState<T> {
  data: T | null
  /** The time of the last message from the host, in milliseconds since the epoch. */
  at: number | null
  problem: Problem | null
}
export interface Followed {
  state: LiveState<unknown>
  seq: number
  listeners: Set<() => void>
  poll: { timer?: ReturnType<typeof setTimeout>; life: AbortController } | null
}

const FIRST_WAIT_MS = 1000
const LONGEST_WAIT_MS = 60_000
/** After this long without a stream, the routes are polled. */
const POLL_AFTER_MS = 4000
/** The stream stays subscribed this long, so a change of the page does not interrupt it. */
const UNSUBSCRIBE_AFTER_MS = 3000
// The protocol forbids a retry after these close codes: they mean a fault of this client.
const FINAL = [1003, 1007, 1008, 1009]

export const nothing: LiveState<never> = { data: null, at: null, problem: null }
const followed = new Map<Topic, Followed>()
let socket: LiveSocket | null = null
let isOpen = false
let isPolling = false
let isRefused = false
let failures = 0
let lastMessageAt = 0
let awakeAt = 0
let retry: ReturnType<typeof setTimeout> | undefined
let pollTimer: ReturnType<typeof setTimeout> | undefined
let watch: ReturnType<typeof setInterval> | undefined

function set(entry: Followed, state: LiveState<unknown>): void {
  entry.state = state
  for (const listener of entry.listeners) listener()
}

function receive({ type, topic, seq = 0, data, patch }: LiveMessage): void {
  lastMessageAt = Date.now()
  const entry = followed.get(topic as Topic)
  if (!entry) return
  if (type === 'snapshot') {
    entry.seq = seq
    set(entry, { data, at: lastMessageAt, problem: null })
  } else if (type === 'delta' && seq === entry.seq + 1) {
    entry.seq = seq
    set(entry, { data: mergePatch(entry.state.data, patch), at: lastMessageAt, problem: null })
  } else if (type === 'delta') {
    socket?.send({ type: 'subscribe', topics: [topic] })
  } else if (type === 'error' || type === 'unsubscribed') {
    // The route returns the reason.
    poll(topic as Topic, entry)
  }
}

function poll(topic: Topic, entry: Followed): void {
  if (entry.poll) return
  const life = new AbortController()
  const mine: Followed['poll'] = { life }
  entry.poll = mine
  let misses = 0
  const ask = async () => {
    const { everyMs, load } = topics[topic]
    let wait = everyMs
    try {
      const data = await load(life.signal)
      misses = 0
      if (!life.signal.aborted) set(entry, { data, at: Date.now(), problem: null })
    } catch (error) {
      const problem = toProblem(error)
      wait = Math.max(Math.min(LONGEST_WAIT_MS, everyMs * 2 ** ++misses), (problem.retryAfter ?? 0) * 1000)
      if (!life.signal.aborted) set(entry, { ...entry.state, problem })
    }
    if (!life.signal.aborted) mine.timer = setTimeout(ask, wait)
  }
  void ask()
}

function stopPolling(): void {
  isPolling = false
  clearTimeout(pollTimer)
  for (const entry of followed.values()) {
    entry.poll?.life.abort()
    clearTimeout(entry.poll?.timer)
    entry.poll = null
  }
}

function startPolling(): void {
  isPolling = true
  for (const [topic, entry] of followed) poll(topic, entry)
}

const connectionListeners = new Set<() => void>()

/** Calls `listener` when the stream is lost and when it is back, which other requests may notice much later. */
export function onStreamChange(listener: () => void): () => void {
  connectionListeners.add(listener)
  return () => void connectionListeners.delete(listener)
}

function connect(): void {
  if (!isPolling) {
    clearTimeout(pollTimer)
    pollTimer = setTimeout(startPolling, POLL_AFTER_MS)
  }
  socket = openLive({
    onOpen() {
      isOpen = true
      if (failures > 0) for (const listener of connectionListeners) listener()
      failures = 0
      lastMessageAt = Date.now()
      stopPolling()
      socket?.send({ type: 'subscribe', topics: [...followed.keys()] })
    },
    onMessage: receive,
    onEnd(code, waitMs) {
      socket = null
      if (isOpen) for (const listener of connectionListeners) listener()
      isOpen = false
      failures++
      if (FINAL.includes(code)) isRefused = true
      if (failures > 1 || isRefused) startPolling()
      if (isRefused) return
      // Random delay, so that not all clients reconnect at once.
      const pause = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)) * (0.75 + Math.random() / 2)
      retry = setTimeout(updateConnection, Math.max(pause, waitMs, code === 1013 ? LONGEST_WAIT_MS : 0))
    }
  })
}

function stop(): void {
  clearTimeout(retry)
  retry = undefined
  clearInterval(watch)
  watch = undefined
  socket?.close()
  socket = null
  isOpen = false
  failures = 0
  stopPolling()
}

/** Marks values as stale if nothing has confirmed them for a while. */
function markStale(): void {
  const now = Date.now()
  if (isPolling || now - lastMessageAt < SILENT_AFTER_MS || now - awakeAt < POLL_AFTER_MS) return
  for (const entry of followed.values()) {
    const { state } = entry
    if (state.at === null || state.problem) continue
    set(entry, { ...state, at: Math.max(state.at, lastMessageAt), problem: new Problem('NETWORK') })
  }
}

const hasSession = () => ['in', 'open'].includes(getSession().kind)

/** Starts or stops the stream and polling according to the current followers. */
function updateConnection(): void {
  clearTimeout(retry)
  retry = undefined
  if (followed.size === 0 || document.hidden || !hasSession()) {
    stop()
    return
  }
  if (!watch) {
    awakeAt = Date.now()
    watch = setInterval(markStale, 1000)
  }
  if (isRefused) startPolling()
  else if (!socket) connect()
}

document.addEventListener('visibilitychange', updateConnection)
window.addEventListener('online', updateConnection)
onSession(() => {
  if (hasSession()) return
  isRefused = false
  stop()
  for (const entry of followed.values()) set(entry, nothing)
})

/** Follows a topic until the returned function is called. All followers in a tab share one connection. */
export function follow(topic: Topic, listener: () => void): () => void {
  let entry = followed.get(topic)
  if (!entry) {
    entry = { state: nothing, seq: 0, listeners: new Set(), poll: null }
    followed.set(topic, entry)
    if (isOpen) socket?.send({ type: 'subscribe', topics: [topic] })
    else if (isPolling) poll(topic, entry)
  }
  const mine = entry
  mine.listeners.add(listener)
  if (!retry) updateConnection()
  return () => {
    mine.listeners.delete(listener)
    setTimeout(() => drop(topic, mine), UNSUBSCRIBE_AFTER_MS)
  }
}

function drop(topic: Topic, entry: Followed): void {
  if (entry.listeners.size > 0 || followed.get(topic) !== entry) return
  followed.delete(topic)
  entry.poll?.life.abort()
  clearTimeout(entry.poll?.timer)
  if (isOpen) socket?.send({ type: 'unsubscribe', topics: [topic] })
  if (followed.size === 0) stop()
}

export const stateOf = <T extends Topic>(topic: T): LiveState<LiveData[T]> =>
  (followed.get(topic)?.state as LiveState<LiveData[T]> | undefined) ?? nothing

/** Retries immediately. */
export function retryNow(): void {
  for (const [topic, entry] of followed) {
    if (!entry.poll) continue
    entry.poll.life.abort()
    clearTimeout(entry.poll.timer)
    entry.poll = null
    poll(topic, entry)
  }
  updateConnection()
}
