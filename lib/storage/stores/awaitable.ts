/** A store in memory answers at once, a store on the network by a promise. Callers always `await` (decision 29). */
export type Awaitable<T> = T | Promise<T>
