import type { paths } from './openapi.ts'

export type Verb = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** The paths that accept an HTTP method. */
export type PathOf<V extends Verb> = { [P in keyof paths]: paths[P] extends Record<V, object> ? P : never }[keyof paths]

type Operation<P extends keyof paths, V extends Verb> = paths[P] extends Record<V, infer O> ? O : never
type Json<T> = T extends { content: { 'application/json': infer J } } ? J : never
type Parameters<O> = O extends { parameters: infer R } ? R : never

/** The body of a successful response. */
export type Reply<P extends keyof paths, V extends Verb = 'get'> =
  Operation<P, V> extends { responses: infer R }
    ? R extends { 200: infer A }
      ? Json<A>
      : R extends { 201: infer A }
        ? Json<A>
        : R extends { 202: infer A }
          ? Json<A>
          : never
    : never

/** The request body of a call. */
export type Body<P extends keyof paths, V extends Verb = 'post'> =
  Operation<P, V> extends { requestBody: infer B }
    ? Json<B>
    : Operation<P, V> extends { requestBody?: infer B }
      ? Json<NonNullable<B>> | undefined
      : undefined

type PathPart<O> = Parameters<O> extends { path: infer X extends object } ? { path: X } : unknown
type QueryPart<O> = Parameters<O> extends { query?: infer Q } ? (Q extends object ? { query?: Q } : unknown) : unknown
type BodyPart<O> = O extends { requestBody: infer B }
  ? { body: Json<B> }
  : O extends { requestBody?: infer B }
    ? [Json<NonNullable<B>>] extends [never]
      ? unknown
      : { body?: Json<NonNullable<B>> }
    : unknown

/** What every call accepts. */
interface CallOptions {
  signal?: AbortSignal
  /** For responses that take longer than usual. */
  timeoutMs?: number
}

export type Options<P extends keyof paths, V extends Verb> = CallOptions &
  PathPart<Operation<P, V>> &
  QueryPart<Operation<P, V>> &
  BodyPart<Operation<P, V>>

/** Options can be omitted if none is required. */
export type Arguments<P extends keyof paths, V extends Verb> =
  Record<never, never> extends Options<P, V> ? [options?: Options<P, V>] : [options: Options<P, V>]

export type Call<V extends Verb> = <P extends PathOf<V>>(path: P, ...rest: Arguments<P, V>) => Promise<Reply<P, V>>
export type Api = { [V in Verb]: Call<V> }

/** A call without its types, as the transport sees it. */
export interface RawCall {
  method: Verb
  path: string
  options?: (CallOptions & { path?: object; query?: object; body?: unknown }) | undefined
}

/** The typed calls on top of a transport. */
export function makeApi(send: (call: RawCall) => Promise<unknown>): Api {
  const call =
    (method: Verb) =>
    (path: string, options?: RawCall['options']): Promise<unknown> =>
      send({ method, path, options })
  const verbs = ['get', 'post', 'put', 'patch', 'delete'] as const
  return Object.fromEntries(verbs.map((verb) => [verb, call(verb)])) as unknown as Api
}
