import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { bearer, build, PASSWORD, setUp } from '../support/app.ts'
import { readDescription, withoutReferences } from '../support/description.ts'
import { mintApiToken } from '../support/tokens.ts'
import { portOf } from '../support/web-sockets.ts'
import { follow, HOST, snippets } from './snippets.ts'

const run = promisify(execFile)

async function serve(t: Test) {
  const app = await build(t)
  await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const host = `127.0.0.1:${portOf(app)}`
  const token = mintApiToken(app, { scope: 'read_only' })
  /** The answer to what a snippet asks, with the header it sends. */
  const ask = async (url: string, authorization?: string) => {
    const target = url.replace(HOST, host)
    t.not(target, url, `${url} is the example's host`)
    const reply = await fetch(target, { headers: authorization === undefined ? {} : { authorization } })
    t.equal(reply.status, 200, url)
    return { text: await reply.clone().text(), json: await reply.json() }
  }
  const shell = async (script: string, env: Record<string, string> = {}) => {
    const text = script.replaceAll(HOST, host)
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', text], { env: { PATH: process.env.PATH, ...env } })
    return stdout
  }
  return { app, host, token, ask, shell }
}

t.test('the shell lines mint a read-only token and read with it', async (t) => {
  const { app, shell, token } = await serve(t)
  const [mint] = snippets('A token', 'sh')
  t.ok(mint!.includes(PASSWORD))
  const minted = JSON.parse(await shell(mint!))
  t.match(minted, { success: true, scope: 'read_only', token_name: 'Home Assistant' })
  t.equal((await app.inject({ url: '/api/system', headers: bearer(minted.token) })).statusCode, 200)

  const [curl] = snippets('curl', 'sh')
  const lines = curl!.split('\n').filter((line) => !line.includes('grep'))
  const output = await shell(lines.join('\n'), { TOKEN: token })
  t.match(output, /"cpu_usage":/)
  t.match(output, /^proxmox_cpu_usage\{node="/m)
  await t.rejects(shell(lines.join('\n'), { TOKEN: 'nonsense' }), 'a refusal is a failure')

  // This machine may be anything but well just now: the line must say so either way.
  const probe = curl!.split('\n').filter((line) => /^HOST=|grep/.test(line))
  t.equal(probe.length, 2)
  const { status } = app.health.latest()
  const isWell = await shell(probe.join('\n')).then(
    () => 'healthy',
    () => status
  )
  t.equal(isWell, app.health.latest().status)
})

/** Whether a field of an answer may be null, by docs/openapi.json. */
async function nullability(): Promise<(resource: string, field: string) => boolean> {
  const { paths } = await withoutReferences(readDescription())
  return (resource, field) => {
    const { responses } = paths[new URL(resource).pathname]!.get!
    const { properties } = responses[200]!.content!['application/json']!.schema
    return [properties![field]!.type].flat().includes('null')
  }
}

t.test('Home Assistant: every sensor finds its value, and is unavailable where that may be null', async (t) => {
  const mayBeNull = await nullability()
  const { ask, token } = await serve(t)
  const [secrets, configuration] = snippets('Home Assistant', 'yaml')
  const names = Object.keys(parse(secrets!))
  const secret = {
    tag: '!secret',
    resolve: (name: string) => {
      if (!names.includes(name)) throw new Error(`no secret ${name}`)
      return parse(secrets!)[name].replace(/eyJ.*/, token)
    }
  }
  interface Sensor {
    unique_id: string
    value_template: string
    availability?: string
  }
  interface Rest {
    resource: string
    headers?: { Authorization: string }
    sensor?: Sensor[]
    binary_sensor?: Sensor[]
  }
  const { rest }: { rest: Rest[] } = parse(configuration!, { customTags: [secret] })
  const ids: string[] = []
  for (const { resource, headers, sensor = [], binary_sensor = [] } of rest) {
    const { json } = await ask(resource, headers?.Authorization)
    for (const { unique_id, value_template, availability } of [...sensor, ...binary_sensor]) {
      ids.push(unique_id)
      const paths = [...value_template.matchAll(/value_json\.([\w.[\]]+)/g)].map(([, path]) => path!)
      t.equal(paths.length, 1, unique_id)
      follow(json, paths[0]!)
      const [field] = paths[0]!.split(/[.[]/)
      const expected = mayBeNull(resource, field!) ? `{{ value_json.${field} is not none }}` : undefined
      t.equal(availability, expected, `${unique_id}, if null`)
    }
  }
  t.ok(ids.length >= 9)
  t.equal(new Set(ids).size, ids.length)
})

t.test('Homepage: every mapping finds its field', async (t) => {
  const { ask, token } = await serve(t)
  const [text] = snippets('Homepage', 'yaml')
  // Homepage puts its variables in before it reads the file.
  const [{ Servers }] = parse(text!.replace('{{HOMEPAGE_VAR_PVE1_TOKEN}}', token))
  const { widget, siteMonitor } = Servers[0].pve1
  t.equal(widget.type, 'customapi')
  const { json } = await ask(widget.url, widget.headers.Authorization)
  t.ok(widget.mappings.length > 0)
  for (const { field } of widget.mappings) t.not(follow(json, field), undefined, field)
  await ask(siteMonitor)
})

t.test('Uptime Kuma: query and keyword tell a healthy host from an unhealthy one', async (t) => {
  const { ask } = await serve(t)
  const [query, keyword] = snippets('Uptime Kuma', 'text').map((text) =>
    Object.fromEntries(
      text
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/: (.*)/, 2))
    )
  )
  const { json, text } = await ask(query!.URL)
  const status = follow(json, query!['Json Query'])
  t.ok(['healthy', 'warning', 'critical'].includes(status as string))
  t.equal(query!['Expected Value'], 'healthy')
  t.equal((await ask(keyword!.URL)).text.includes(keyword!.Keyword.replace('healthy', String(status))), true)
  t.ok(text.includes(keyword!.Keyword) === (status === 'healthy'))
})

t.test('n8n: the workflow is complete, requests existing routes and checks their answers', async (t) => {
  const { ask, token } = await serve(t)
  const workflow = JSON.parse(snippets('n8n', 'json')[0]!)
  const nodes: { name: string; type: string; parameters: Record<string, unknown> }[] = workflow.nodes
  const names = nodes.map(({ name }) => name)
  for (const [from, { main }] of Object.entries<{ main: { node: string }[][] }>(workflow.connections)) {
    t.ok(names.includes(from))
    for (const { node } of main.flat()) t.ok(names.includes(node))
  }
  const url = nodes.find(({ type }) => type.endsWith('.httpRequest'))!.parameters.url as string
  const { json } = await ask(url, `Bearer ${token}`)
  const expressions = [...JSON.stringify(nodes).matchAll(/\{\{ \$json\.([\w.]+) \}\}/g)]
  t.ok(expressions.length > 0)
  for (const [, path] of expressions) follow(json, path!)
})
