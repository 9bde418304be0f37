/** Runs asynchronous work in order, one at a time. A failure rejects its own promise only. */
export function createSerialQueue() {
  let tail: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const result = tail.then(work, work)
    tail = result.catch(() => {})
    return result
  }
}
