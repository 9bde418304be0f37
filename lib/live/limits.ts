export const LIVE_V1 = 'live.v1'

/** Sockets there may be at once; a browser has one a tab. */
export const PER_SESSION = 16
export const PER_USER = 128
export const IN_ALL = 256

/** Bytes of one message from a client, and how many of them in a second. */
export const MAX_MESSAGE = 4096
export const MESSAGES_PER_S = 20

/** Bytes that wait for a client which does not read, from which on nothing more is put behind them. */
export const MUCH_UNSENT = 64 * 1024
/** Beyond these it is let go: it keeps asking, and reads no answer. */
export const MAX_UNSENT = 1024 * 1024
