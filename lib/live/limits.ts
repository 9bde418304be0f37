export const LIVE_V1 = 'live.v1'

/** Limits on open connections; a browser opens one for each tab. */
export const MAX_PER_SESSION = 16
export const MAX_PER_USER = 128
export const MAX_CONNECTIONS = 256

/** Maximum bytes of one message from a client, and maximum messages per second. */
export const MAX_MESSAGE = 4096
export const MESSAGES_PER_S = 20

/** Unsent bytes of a connection above which no further data is sent. */
export const UNSENT_HIGH_WATERMARK = 64 * 1024
/** Unsent bytes above which the connection is terminated: the client keeps asking without reading the answers. */
export const MAX_UNSENT = 1024 * 1024
