export const TERMINAL_V1 = 'terminal.v1'

/** Limits on open terminals (contract 10). Detached terminals count. */
export const MAX_PER_SESSION = 4
export const MAX_PER_USER = 16
export const MAX_TERMINALS = 64
export const MAX_WATCHERS = 8

/** Unacknowledged bytes at which reading the PTY pauses, and below which it resumes. */
export const HIGH_WATERMARK = 192 * 1024
export const LOW_WATERMARK = 96 * 1024
/** Bytes kept for a resume: the high watermark, plus one read of 64 KiB that can exceed it. */
export const REPLAY_BYTES = 256 * 1024
/** Maximum bytes of one message to a client. */
export const MAX_OUTPUT = 64 * 1024
/** Milliseconds for which further output is coalesced. */
export const COALESCE_MS = 3

/** Maximum bytes buffered in a socket when an answer is sent; more than output alone can reach. */
export const MAX_BUFFERED = 1024 * 1024

/** Maximum bytes of one message from a client. */
export const MAX_MESSAGE = 1024 * 1024
/**
 * Queued input in bytes. Above the high watermark the client is asked to pause, below the low one to continue; input
 * beyond MAX_INPUT is rejected. The socket is still read, so that acknowledgements do not wait behind input.
 */
export const INPUT_HIGH_WATERMARK = 1024 * 1024
export const INPUT_LOW_WATERMARK = 256 * 1024
export const MAX_INPUT = 16 * 1024 * 1024

export const RESIZE_INTERVAL_MS = 20
export const RESUME_S = 60
export const FIRST_MESSAGE_TIMEOUT_MS = 10_000
