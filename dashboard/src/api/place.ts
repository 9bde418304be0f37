/** The base path of the daemon, including a proxy's prefix: two folders above each script of the build. */
export const root = new URL(/* @vite-ignore */ '../..', import.meta.url)

/** Empty without a prefix. The daemon needs it for the cookie path, because not every proxy sends it. */
export const basePath = root.pathname.slice(0, -1)

/** The URL of a daemon path such as `api/docs`. */
export const urlOf = (path: string): string => new URL(path.replace(/^\//, ''), root).href

/** The URL of a daemon WebSocket. */
export const socketUrlOf = (path: string): string => urlOf(path).replace(/^http/, 'ws')
