import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { Compile } from 'typebox/compile'
import { parseSmart } from '../../../lib/host/storage/smart.ts'
import { refusalOf } from '../../../lib/host/storage/smart-detail.ts'
import { SmartReplySchema } from '../../../schemas/host/smart.ts'
import { bearer, build, setUp, temporaryFolder } from '../../support/app.ts'
import { mintApiToken } from '../../support/tokens.ts'
import { until } from '../../support/waiting.ts'
import { plant, type Tree } from '../tree.ts'

// smart-sata-tests.json and smart-nvme-tests.json are smart-sata.json and smart-nvme.json with the self-tests of smartctl
// 7.4, written by hand from its source.
const path = (name: string) => join(import.meta.dirname, 'fixtures', name)
const fixture = (name: string) => readFileSync(path(name), 'utf8')
const detailOf = (json: object | string) =>
  parseSmart(typeof json === 'string' ? json : JSON.stringify(json)).value!.detail

t.test('attributes, self-tests and their state of a SATA disk', async (t) => {
  const sata = JSON.parse(fixture('smart-sata-tests.json'))
  const detail = detailOf(sata)
  t.same(detail.attributes![0], {
    id: 5,
    name: 'Reallocated_Sector_Ct',
    value: 100,
    worst: 100,
    threshold: 10,
    raw: '0',
    failed: null
  })
  t.match(detail, { nvme: null, isTesting: false, progress: null, minutes: { short: 1, long: 702 } })
  t.same(detail.tests, [
    { type: 'Short offline', status: 'Completed without error', passed: true, lifetimeHours: 21030 },
    { type: 'Extended offline', status: 'Aborted by host', passed: null, lifetimeHours: 20011 },
    { type: 'Extended offline', status: 'Completed: read failure', passed: false, lifetimeHours: 19876 }
  ])
  sata.ata_smart_data.self_test.status = { value: 249, string: 'in progress, 90% remaining', remaining_percent: 90 }
  t.match(detailOf(sata), { isTesting: true, progress: 10, testType: null })
  t.match(detailOf(fixture('smart-sata.json')), { isTesting: null, tests: null, minutes: { short: null } })
})

t.test('the health log and self-tests of an NVMe disk', async (t) => {
  const detail = detailOf(fixture('smart-nvme-tests.json'))
  t.match(detail, { attributes: null, isTesting: true, progress: 37, testType: 'long' })
  t.match(detail.nvme, { percentage_used: 3, available_spare: 100, media_errors: 0, data_units_written: 25_771_349 })
  t.match(detail.tests, [
    { type: 'Short', passed: true, lifetimeHours: 2870 },
    { type: 'Extended', passed: null }
  ])
})

t.test('smartctl’s reason for a refused test is extracted', async (t) => {
  const messages = [
    { string: 'Warning: something', severity: 'warning' },
    { string: "Can't start self-test without aborting current test (90% remaining)", severity: 'error' }
  ]
  t.match(refusalOf(JSON.stringify({ smartctl: { messages } })), /^Can't start self-test/)
  for (const none of ['', '{', '[]', '{"smartctl":{}}', '{"smartctl":{"messages":[{}]}}'])
    t.equal(refusalOf(none), null)
})

const host: Tree = {
  'sys/block/sda/dev': '8:0\n',
  'sys/block/sda/size': '16777216\n',
  'sys/block/sda/queue/rotational': '1\n',
  'sys/block/sda/device/model': 'ST8000VN004\n',
  'sys/block/cciss!c0d0/dev': '104:0\n',
  'sys/block/cciss!c0d0/size': '16777216\n',
  'sys/block/cciss!c0d0/device/model': 'LOGICAL VOLUME\n',
  'sys/block/vda/dev': '252:0\n',
  'sys/block/vda/size': '16777216\n',
  'sys/block/vda/device/vendor': 'QEMU\n',
  'proc/diskstats':
    '   8       0 sda 1 0 1 5 2 0 1 5 0 0 9\n 104       0 cciss!c0d0 1 0 1 5 2 0 1 5 0 0 9\n 252       0 vda 1 0 1 5 2 0 1 5 0 0 9\n',
  'proc/net/dev': '',
  'proc/self/mountinfo': ''
}

/** The daemon on a host whose smartctl is a script with this body. */
async function serve(t: Test, body: string, { timeoutMs = 20_000 } = {}) {
  const folder = await temporaryFolder(t)
  plant(folder, host)
  const file = join(folder, 'smartctl')
  const behave = (text: string) => {
    writeFileSync(file, `#!/bin/sh\necho "$*" >> ${folder}/calls\n${text}\n`)
    chmodSync(file, 0o755)
  }
  behave(body)
  const folders = { procDir: join(folder, 'proc'), sysDir: join(folder, 'sys') }
  let ahead = 0
  const app = await build(
    t,
    {},
    {
      folder,
      network: { ...folders, addresses: () => ({}) },
      storage: { ...folders, smartctl: { file, timeoutMs } },
      sampling: { monotonicNow: () => performance.now() + ahead }
    }
  )
  await app.ready()
  const headers = bearer(await setUp(app))
  const get = async (name: string) => {
    const reply = (await app.inject({ url: `/api/storage/smart/${encodeURIComponent(name)}`, headers })).json()
    if (reply.success) t.same([...Compile(SmartReplySchema).Errors(reply)], [])
    return reply
  }
  const start = async (name: string, payload: object, as = headers) => {
    const url = `/api/storage/smart/${encodeURIComponent(name)}/test`
    const reply = await app.inject({ method: 'POST', url, headers: as, payload })
    return { http: reply.statusCode, retryAfter: reply.headers['retry-after'], ...reply.json() }
  }
  const calls = () => (existsSync(join(folder, 'calls')) ? readFileSync(join(folder, 'calls'), 'utf8') : '')
  await until(() => app.sources.storage.latest().disks.value !== null)
  return { app, folder, get, start, calls, behave, pass: (ms: number) => (ahead += ms) }
}
const answers = (name: string) =>
  `case "$*" in *" -t "*) echo '{"smartctl":{"exit_status":0}}';; *) cat ${path(name)};; esac`

t.test('GET /api/storage/smart/:disk has attributes, the log and the last result', async (t) => {
  const { app, get } = await serve(t, answers('smart-sata-tests.json'))
  await until(() => app.sources.storage.latest().smart.value?.get('sda')?.value)
  const reply = await get('sda')
  t.match(reply, {
    success: true,
    disk: 'sda',
    stale: false,
    status: 'completed',
    test_type: null,
    progress: null,
    duration_minutes: { short: 1, long: 702 },
    last_test: { type: 'Short offline', passed: true, lifetime_hours: 21030 },
    smart_data: {
      device: '/dev/sda',
      model: 'ST8000VN004-2M2101',
      smart_status: 'passed',
      temperature: 31,
      power_on_hours: 21034,
      nvme: null
    },
    reasons: { test_type: 'no self-test is running', progress: 'no self-test is running' }
  })
  t.equal(reply.self_tests.length, 3)
  t.match(reply.smart_data.attributes[0], { id: 5, raw_value: '0', status: 'ok' })
  t.notMatch(JSON.stringify(reply), /serial/)
  t.match((await get('cciss!c0d0')).smart_data, { device: '/dev/cciss/c0d0' })
  t.match(await get('vda'), { status: null, smart_data: null, reasons: { smart_data: /virtual/ } })
  for (const name of ['sdz', '..', '/dev/sda', 'sda;reboot', '-a'])
    t.match(await get(name), { code: 'NOT_FOUND' }, name)
})

t.test('an attribute that fails, has failed or counts bad sectors is marked', async (t) => {
  const sata = JSON.parse(fixture('smart-sata-tests.json'))
  const table = sata.ata_smart_attributes.table
  const find = (id: number) => table.find((one: { id: number }) => one.id === id)
  find(5).when_failed = 'now'
  find(197).raw = { value: 8, string: '8' }
  find(194).when_failed = 'past'
  const folder = await temporaryFolder(t)
  writeFileSync(join(folder, 'json'), JSON.stringify(sata))
  const { app, get } = await serve(t, `cat ${join(folder, 'json')}`)
  await until(() => app.sources.storage.latest().smart.value?.get('sda')?.value)
  const { attributes } = (await get('sda')).smart_data
  const status = (id: number) => attributes.find((one: { id: number }) => one.id === id).status
  t.same([5, 197, 194, 9].map(status), ['critical', 'warning', 'warning', 'ok'])
})

t.test('a self-test starts by its name for the disk, shows as running, and is polled every minute', async (t) => {
  const running = JSON.parse(fixture('smart-sata-tests.json'))
  running.ata_smart_data.self_test.status = { value: 249, string: 'in progress', remaining_percent: 90 }
  const folder = await temporaryFolder(t)
  writeFileSync(join(folder, 'json'), JSON.stringify(running))
  const { app, folder: place, get, start, calls, behave, pass } = await serve(t, answers('smart-sata-tests.json'))
  await until(() => app.sources.storage.latest().smart.value?.get('sda')?.value)
  behave(`case "$*" in *" -t "*) echo '{}';; *) cat ${join(folder, 'json')};; esac`)
  t.match(await start('sda', { type: 'long' }), { http: 200, disk: 'sda' })
  t.match(calls(), '--json=c -t long /dev/sda\n')
  t.match(await get('sda'), { status: 'running', progress: 10 })
  t.match(await readFile(join(place, 'auth.log'), 'utf8'), /self-test of a disk started;.*sda/)
  t.match(await start('cciss!c0d0', { test_type: 'short' }), { http: 200 })
  t.match(calls(), '--json=c -t short /dev/cciss/c0d0\n')

  behave(answers('smart-sata-tests.json'))
  const alive = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(alive))
  pass(61_000)
  await until(async () => {
    app.sampling.reportViewer()
    return (await get('sda')).status === 'completed'
  })
})

t.test('a refused self-test is answered with smartctl’s reason', async (t) => {
  const { app, start, behave } = await serve(t, 'exit 1')
  const error = (text: string) => JSON.stringify({ smartctl: { messages: [{ string: text, severity: 'error' }] } })
  behave(`echo '${error('Self-tests not supported')}'; exit 4`)
  t.match(await start('sda', { type: 'short' }), { http: 409, code: 'CONFLICT', message: 'Self-tests not supported' })
  behave('exit 2')
  t.match(await start('sda', { type: 'short' }), { http: 409, message: 'the disk did not start the self-test' })
  // Bit 3: the disk is failing, which is why somebody tests it.
  behave("echo '{}'; exit 8")
  t.match(await start('sda', { type: 'short' }), { http: 200 })
  t.match(await start('vda', { type: 'short' }), { http: 409, message: /virtual/ })
  t.match(await start('sdz', { type: 'short' }), { http: 404, code: 'NOT_FOUND' })
  for (const body of [
    {},
    { type: 'conveyance' },
    { type: 'short; reboot' },
    { type: 'short', force: true },
    { type: 1 }
  ])
    t.match(await start('sda', body), { http: 400, code: 'VALIDATION' }, JSON.stringify(body))
  const reader = bearer(mintApiToken(app, { scope: 'read_only' }))
  t.match(await start('sda', { type: 'short' }, reader), { http: 403, code: 'SCOPE' })
  t.match(await start('sda', { type: 'short' }, bearer(mintApiToken(app, { scope: 'full_admin' }))), { http: 200 })
})

t.test('a disk that does not answer is 503 in bounded time, and so is a concurrent start', async (t) => {
  const { start, behave } = await serve(t, 'exit 1', { timeoutMs: 1500 })
  behave('case "$*" in *" -t "*) sleep 60;; esac')
  const [first, second] = await Promise.all([start('sda', { type: 'short' }), start('sda', { type: 'short' })])
  for (const reply of [first, second])
    t.match(reply, { http: 503, code: 'BUSY', message: 'the disk does not answer smartctl', retryAfter: /\d+/ })
})

t.test('without smartctl both routes say what to install', async (t) => {
  const folder = await temporaryFolder(t)
  plant(folder, host)
  const folders = { procDir: join(folder, 'proc'), sysDir: join(folder, 'sys') }
  const smartctl = { file: join(folder, 'nothing') }
  const app = await build(t, {}, { folder, storage: { ...folders, smartctl } })
  const headers = bearer(await setUp(app))
  await until(() => app.sources.storage.latest().smart.reason?.includes('install'))
  const get = (await app.inject({ url: '/api/storage/smart/sda', headers })).json()
  t.match(get, { smart_data: null, reasons: { smart_data: /apt install smartmontools/ } })
  const url = '/api/storage/smart/sda/test'
  const post = await app.inject({ method: 'POST', url, headers, payload: { type: 'short' } })
  t.match(post.json(), { code: 'CONFLICT', message: /apt install smartmontools/ })
})
