export const TERMINAL_V1 = 'terminal.v1'

/** Terminals there may be at once (contract 10); one that waits for its client counts. */
export const PER_SESSION = 4
export const PER_USER = 16
export const IN_ALL = 64
export const WATCHERS = 8

/** Bytes that may be unacknowledged before the PTY is read no more, and below which it is read again. */
export const HIGH_WATERMARK = 192 * 1024
export const LOW_WATERMARK = 96 * 1024
/** Bytes that can be sent again. One read of 64 KiB may come above the high watermark: none of it is lost. */
export const REPLAY_BYTES = 256 * 1024
/** Bytes of one message to a client. */
export const MAX_OUTPUT = 64 * 1024
/** Milliseconds in which further output is put together. */
export const COALESCE_MS = 3

/** Bytes that may wait in the socket of a client that is answered: more than all the output that may. */
export const MAX_UNREAD = 1024 * 1024

/** Bytes of one message from a client. */
export const MAX_MESSAGE = 1024 * 1024
/**
 * Bytes typed that wait for the program: beyond the first the client is asked to hold on, below the second to go on, and
 * what goes beyond the last is refused. The socket is read meanwhile: an acknowledgement must not wait behind them.
 */
export const MUCH_INPUT = 1024 * 1024
export const LITTLE_INPUT = 256 * 1024
export const MAX_INPUT = 16 * 1024 * 1024

export const RESIZE_EVERY_MS = 20
export const RESUME_S = 60
export const FIRST_MESSAGE_MS = 10_000
