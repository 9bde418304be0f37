/** What a callback pushes, for a `for await` loop. Only the newest update of a topic waits. */
export function createQueue<T extends { topic: string }>() {
  const waiting = new Map<string, T>()
  let isClosed = false
  let wake = () => {}
  return {
    push(value: T) {
      waiting.set(value.topic, value)
      wake()
    },
    close() {
      isClosed = true
      wake()
    },
    async *values(): AsyncGenerator<T, void> {
      while (true) {
        for (const [topic, value] of waiting) {
          waiting.delete(topic)
          yield value
        }
        if (waiting.size > 0) continue
        if (isClosed) return
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
  }
}
