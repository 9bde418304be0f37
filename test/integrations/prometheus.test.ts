import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { parse, stringify } from 'yaml'
import { freePorts, missing, start, until } from '../edge/programs.ts'
import { addFixtures } from '../metrics/fixtures.ts'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { mintApiToken } from '../support/tokens.ts'
import { portOf } from '../support/web-sockets.ts'
import { HOST, snippets } from './snippets.ts'

const run = promisify(execFile)
const skip = missing('/usr/bin/prometheus', 'prometheus')

t.setTimeout(300_000)

interface Target {
  health: string
  lastError: string
}

interface Result {
  metric: Record<string, string>
  value: [number, string]
}

/** A real Prometheus with the configuration of the guide, which scrapes a daemon every second. */
async function scrape(t: Test, scope = 'read_only') {
  const app = await build(t)
  await setUp(app)
  addFixtures(app)
  await app.listen({ host: '127.0.0.1', port: 0 })

  const folder = await temporaryFolder(t)
  const { port } = await freePorts('port')
  const token = join(folder, 'token')
  await writeFile(token, mintApiToken(app, { scope }), { mode: 0o600 })
  const [text] = snippets('Prometheus', 'yaml')
  const config = parse(text!.replace(HOST, `127.0.0.1:${portOf(app)}`))
  const [job] = config.scrape_configs
  t.equal(job.authorization.credentials_file, '/etc/prometheus/proxmenux.token')
  job.authorization.credentials_file = token
  job.scrape_interval = '1s'
  job.scrape_timeout = '1s'
  const file = join(folder, 'prometheus.yml')
  await writeFile(file, stringify(config))
  await run('/usr/bin/promtool', ['check', 'config', file])

  const program = start(t, '/usr/bin/prometheus', [
    `--config.file=${file}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    `--web.listen-address=127.0.0.1:${port}`
  ])
  const api = async <T>(path: string, parameters: Record<string, string> = {}): Promise<T> => {
    const reply = await fetch(`http://127.0.0.1:${port}/api/v1/${path}?${new URLSearchParams(parameters)}`)
    const body = (await reply.json()) as { status: string; data: T }
    if (body.status !== 'success') throw new Error(`${path} ${JSON.stringify(parameters)}: ${JSON.stringify(body)}`)
    return body.data
  }
  const query = async (expr: string) => (await api<{ result: Result[] }>('query', { query: expr })).result
  const target = async () => (await api<{ activeTargets: Target[] }>('targets')).activeTargets[0]
  const answers = () =>
    query('up').then(
      () => true,
      () => false
    )
  await until('Prometheus answers', answers, program)
  return { app, program, api, query, target }
}

t.test(
  'a real Prometheus scrapes with a read-only token, and every panel of the dashboard shows',
  { skip },
  async (t) => {
    const { app, program, api, query, target } = await scrape(t)
    await until(
      'four scrapes',
      async () => Number((await query('count_over_time(up{job="proxmenux"}[1m])'))[0]?.value[1] ?? 0) >= 4,
      program
    )
    t.match(await target(), { health: 'up', lastError: '' })
    t.equal((await query('min_over_time(up{job="proxmenux"}[1m])'))[0]!.value[1], '1', 'none has failed')

    const { hostname, memory } = app.vitals.latest()
    const [total] = await query('proxmox_memory_total_bytes')
    t.match(total, { metric: { node: hostname, job: 'proxmenux' } })
    t.equal(Number(total!.value[1]), memory.value!.total)
    const types = await api<Record<string, { type: string }[]>>('metadata')
    for (const [name, type] of Object.entries({
      proxmox_uptime_seconds: 'gauge',
      proxmox_vms_total: 'gauge',
      proxmox_interface_bytes_received: 'counter'
    })) {
      t.match(types[name], [{ type }], `${name}, in OpenMetrics`)
    }

    const dashboard = JSON.parse(
      readFileSync(resolve(import.meta.dirname, '../../deploy/grafana/proxmenux-monitor.json'), 'utf8')
    )
    interface Panel {
      type: string
      title: string
      targets?: { expr: string }[]
    }
    const panels: Panel[] = dashboard.panels.filter(({ type }: Panel) => type !== 'row')
    t.ok(panels.length > 15)
    for (const { title, targets } of panels) {
      for (const { expr } of targets!) {
        const text = expr.replaceAll(/\$(node|instance)\b/g, '.*').replaceAll('$__rate_interval', '1m')
        t.notMatch(text, '$', `${title}: no variable that the dashboard does not have`)
        const results = await query(text)
        t.ok(results.length > 0, `${title}: ${expr}`)
        t.ok(
          results.every(({ value }) => value[1] !== '+Inf' && !value[1].startsWith('-')),
          `${title}: ${expr}`
        )
      }
    }
    for (const { type, query: wanted } of dashboard.templating.list) {
      if (type !== 'query') continue
      const [, metric, label] = /^label_values\((\w+), (\w+)\)$/.exec(wanted.query)!
      t.ok((await query(metric!))[0]!.metric[label!], wanted.query)
    }
  }
)

t.test('with an invalid token the target is down, and its error says why', { skip }, async (t) => {
  const { target, program } = await scrape(t, 'no-such-scope')
  await until('the target is down', async () => (await target())?.health === 'down', program)
  t.match((await target())!.lastError, /401/)
})
