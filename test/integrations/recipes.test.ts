import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { parse } from 'yaml'
import { recipes } from '../../dashboard/src/pages/security/tokens/recipes.ts'
import { build, setUp } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'
import { portOf } from '../support/web-sockets.ts'
import { follow } from './snippets.ts'

/** A daemon, and the texts of the dialog that shows a new token of it. */
async function serve(t: Test) {
  const app = await build(t)
  await setUp(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const base = `http://127.0.0.1:${portOf(app)}/`
  const token = mintApiToken(app, { scope: 'read_only' })
  const read = async (url: string, headers: Record<string, string> = {}) => {
    t.ok(url.startsWith(base), url)
    const reply = await fetch(url, { headers })
    t.equal(reply.status, 200, url)
    return reply
  }
  return { base, token, values: { base, token, host: 'pve-1' }, read }
}

t.test('curl', async (t) => {
  const { values } = await serve(t)
  const [{ text } = { text: '' }] = recipes.curl(values)
  const { stdout } = await promisify(execFile)('sh', ['-c', `${text} -s`], { timeout: 10_000 })
  t.match(JSON.parse(stdout), { success: true, hostname: String })
})

t.test('Home Assistant: each sensor finds its value', async (t) => {
  const { values, read } = await serve(t)
  const [secrets, configuration] = recipes.homeAssistant(values)
  const secret = { tag: '!secret', resolve: (name: string) => parse(secrets!.text)[name] }
  const { rest } = parse(configuration!.text, { customTags: [secret] })
  for (const { resource, headers, sensor = [], binary_sensor = [] } of rest) {
    const json = await (await read(resource, headers)).json()
    for (const { unique_id, value_template } of [...sensor, ...binary_sensor]) {
      t.match(unique_id, /^pve_1_[a-z_]+$/)
      const path = /value_json\.([\w.]+)/.exec(value_template)![1]!
      t.not(follow(json, path), undefined, path)
    }
  }
})

t.test('Homepage: each mapping finds its field', async (t) => {
  const { values, token, read } = await serve(t)
  const [variable, services] = recipes.homepage(values)
  const [{ Servers }] = parse(services!.text.replace(`{{${variable!.place}}}`, variable!.text))
  const { widget, siteMonitor } = Servers[0]['pve-1']
  t.equal(variable!.text, token)
  const json = await (await read(widget.url, widget.headers)).json()
  for (const { field } of widget.mappings) t.not(follow(json, field), undefined, field)
  await read(siteMonitor)
})

t.test('Prometheus: the target answers with metrics, below the prefix of a proxy too', async (t) => {
  const { values, token, read } = await serve(t)
  const [file, configuration] = recipes.prometheus(values)
  const [job] = parse(configuration!.text).scrape_configs
  t.equal(job.authorization.credentials_file, file!.place)
  const url = `${job.scheme}://${job.static_configs[0].targets[0]}${job.metrics_path}`
  const reply = await read(url, { authorization: `Bearer ${file!.text}` })
  t.match(await reply.text(), /^proxmox_cpu_usage/m)
  const behind = recipes.prometheus({ ...values, base: 'https://example.com/monitor/' })[1]!.text
  const [other] = parse(behind).scrape_configs
  t.match(other, { scheme: 'https', metrics_path: '/monitor/api/prometheus' })
  t.same(other.static_configs[0].targets, ['example.com'])
  t.equal(file!.text, token)
})

t.test('Uptime Kuma: the query finds the state', async (t) => {
  const { values, read } = await serve(t)
  const [{ text } = { text: '' }] = recipes.uptimeKuma(values)
  const lines = Object.fromEntries(text.split('\n').map((line) => line.split(/: (.*)/, 2)))
  const json = await (await read(lines.URL, JSON.parse(lines.Headers))).json()
  t.match(follow(json, lines['Json Query']), /^(healthy|warning|critical)$/)
  t.equal(lines['Expected Value'], 'healthy')
})
