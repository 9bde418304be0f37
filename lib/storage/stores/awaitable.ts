/** A store in memory answers synchronously, a network store asynchronously. Callers always `await` (decision 29). */
export type Awaitable<T> = T | Promise<T>
