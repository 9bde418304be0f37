// The part of autocannon's interface that is used here; the package has no types.
declare module 'autocannon' {
  interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    method: string
    headers: Record<string, string>
    body: string
  }
  interface Result {
    /** Seconds. */
    duration: number
    statusCodeStats: Record<string, { count: number }>
  }
  export default function autocannon(options: Options): Promise<Result>
}
