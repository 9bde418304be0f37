import type { Readable } from 'node:stream'

export interface DrainLimits {
  bytes: number
  ms: number
}

/**
 * Reads the rest of a body and throws it away. Resolves to false if a limit was exceeded, and to true at its end or when
 * the client left.
 */
export function drainBody(body: Readable, { bytes, ms }: DrainLimits): Promise<boolean> {
  if (body.readableEnded || body.destroyed) return Promise.resolve(true)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  let left = bytes
  const count = ({ length }: Buffer) => {
    left -= length
    if (left < 0) stop(false)
  }
  const done = () => stop(true)
  const timer = setTimeout(() => stop(false), ms)
  function stop(isDone: boolean): void {
    clearTimeout(timer)
    body.off('data', count).off('end', done).off('close', done).off('error', done)
    if (!isDone) body.pause()
    resolve(isDone)
  }
  body.on('data', count).on('end', done).on('close', done).on('error', done)
  body.resume()
  return promise
}
