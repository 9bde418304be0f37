import type { App } from './app.ts'

const kebab = (name: string) => name.replaceAll(/(?<!^)[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The names of the hooks that each route runs before its handler, in their order, by `METHOD url`. */
export async function routeChains(app: App): Promise<Map<string, string[]>> {
  await app.ready()
  const chains = new Map<string, string[]>()
  /** The URL so far at each depth of Fastify's tree. */
  const urls: string[] = []
  let chain: string[] = []
  for (const line of app.printRoutes({ commonPrefix: false, includeHooks: true }).split('\n')) {
    const [, branch, text] = line.match(/^([│├└─ ]*)(.*)$/)!
    const depth = branch!.length / 4
    const hooks = text!.match(/^• \((onRequest|preParsing|preValidation|preHandler)\) (.*)$/)
    if (hooks) chain.push(...(JSON.parse(hooks[2]!) as string[]).map((name) => kebab(name.replace('()', ''))))
    const route = text!.match(/^(\S+) \(([A-Z, ]+)\)$/)
    if (!route) continue
    chain = []
    urls[depth] = (depth > 1 ? urls[depth - 1]! : '') + route[1]!
    for (const method of route[2]!.split(', ')) chains.set(`${method} ${urls[depth]}`, chain)
  }
  return chains
}
