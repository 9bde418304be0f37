/** Where the daemon is mounted, whatever path a proxy put before it: two folders above each script of the build. */
export const root = new URL(/* @vite-ignore */ '../..', import.meta.url)

/** Empty at the top of a host; else the daemon needs it for its cookie's path, for not every proxy tells. */
export const basePath = root.pathname.slice(0, -1)

/** A path of the daemon, such as `api/docs`, as an address to open. */
export const urlOf = (path: string): string => new URL(path.replace(/^\//, ''), root).href

/** The address of a WebSocket of the daemon. */
export const socketUrlOf = (path: string): string => urlOf(path).replace(/^http/, 'ws')
