import { type TProperties, type TSchema, Type } from 'typebox'

// What Traefik 3 documents for its file provider, as far as our files use it; nothing else is let through, so that a
// mistyped option is found.
const exactly = <T extends TProperties>(properties: T) => Type.Object(properties, { additionalProperties: false })
const named = (item: TSchema) => Type.Record(Type.String({ pattern: '^[a-z][a-z-]*$' }), item, { minProperties: 1 })
const names = Type.Array(Type.String({ pattern: '^[a-z][a-z-]*$' }), { minItems: 1 })

const Matcher = '!?(Host|Path|PathPrefix|PathRegexp)\\(`[^`]+`\\)'
/** Matchers joined by && and ||, with one level of brackets. */
const Rule = Type.String({ pattern: `^!?\\(?${Matcher}\\)?( (&&|\\|\\|) !?\\(?${Matcher}\\)?)*$` })

const Router = exactly({
  entryPoints: names,
  rule: Rule,
  middlewares: Type.Optional(names),
  service: Type.String(),
  tls: Type.Optional(exactly({ certResolver: Type.Optional(Type.String()) }))
})
const Middleware = Type.Union([
  exactly({ headers: exactly({ customRequestHeaders: Type.Record(Type.String(), Type.String()) }) }),
  exactly({ redirectScheme: exactly({ scheme: Type.Literal('https'), permanent: Type.Boolean() }) }),
  exactly({ redirectRegex: exactly({ regex: Type.String(), replacement: Type.String(), permanent: Type.Boolean() }) }),
  exactly({ stripPrefix: exactly({ prefixes: Type.Array(Type.String({ pattern: '^/' }), { minItems: 1 }) }) })
])
const Service = exactly({
  loadBalancer: exactly({
    servers: Type.Array(exactly({ url: Type.String({ pattern: '^https?://[^/]+$' }) }), { minItems: 1 })
  })
})

export const DynamicFile = exactly({
  http: exactly({ routers: named(Router), middlewares: named(Middleware), services: named(Service) })
})

export interface Dynamic {
  http: {
    routers: Record<string, { middlewares?: string[]; service: string; rule: string }>
    middlewares: Record<string, Record<string, unknown>>
    services: Record<string, unknown>
  }
}

/** Options as labels spell them: traefik.http.<kind>.<name>.<option>, without case. */
const labelOptions: Record<string, RegExp> = {
  routers: /^(rule|entrypoints|middlewares|service|tls|tls\.certresolver)$/,
  middlewares: /^(headers\.customrequestheaders\.[a-z-]+|redirectscheme\.(scheme|permanent)|stripprefix\.prefixes)$/,
  services: /^loadbalancer\.server\.(url|port|scheme)$/
}

/** A label's kind, name, option and value. Throws on one that Traefik would not know. */
export function parseLabel(label: string): { kind: string; name: string; option: string; value: string } {
  const match = /^traefik\.http\.(routers|middlewares|services)\.([a-z][a-z-]*)\.([A-Za-z.-]+)=(.*)$/.exec(label)
  if (!match) throw new Error(`${label} is no label of Traefik's`)
  const [kind, name, option, value] = match.slice(1) as [string, string, string, string]
  if (!labelOptions[kind]!.test(option.toLowerCase())) throw new Error(`${label}: ${kind} have no option ${option}`)
  return { kind, name, option: option.toLowerCase(), value }
}
