import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createProcessSource } from '../../lib/processes/process-source.ts'
import type { ProcessesReply } from '../../schemas/host/processes.ts'
import { bearer, build, setUp } from '../support/app.ts'
import { passTime, until } from '../support/waiting.ts'

/** A process that is gone when the test is. */
async function start(
  t: Test,
  command: string,
  args: string[],
  env?: Record<string, string>
): Promise<ChildProcess & { pid: number }> {
  const child = spawn(command, args, { stdio: 'ignore', ...(env ? { env } : {}) })
  t.teardown(() => child.kill('SIGKILL'))
  await once(child, 'spawn')
  return child as ChildProcess & { pid: number }
}

const ps = (pid: number, ...fields: string[]) =>
  execFileSync('ps', ['-p', String(pid), ...fields.flatMap((field) => ['-o', `${field}=`])], {
    encoding: 'utf8'
  }).trim()

async function open(t: Test) {
  const app = await build(t)
  const headers = bearer(await setUp(app))
  return { app, get: (url: string) => app.inject({ url, headers }) }
}

/** All process ids. */
const psAll = () => execFileSync('ps', ['-e', '-o', 'pid='], { encoding: 'utf8' }).split('\n').map(Number)

t.test('GET /api/processes agrees with ps', async (t) => {
  const { get } = await open(t)
  const child = await start(t, 'sleep', ['1234'])
  const before = psAll()
  const reply = (await get('/api/processes?limit=2000&sort=pid')).json() as ProcessesReply
  const row = reply.processes.find(({ pid }) => pid === child.pid)!
  t.same(
    [row.ppid, row.command, row.name, row.script, row.cmdline, row.user, row.threads],
    [process.pid, 'sleep', 'sleep', null, 'sleep 1234', ps(child.pid, 'user'), 1]
  )
  t.ok(Math.abs(row.rss_kb! - Number(ps(child.pid, 'rss'))) < 1024, 'memory within 1 MiB')
  t.equal(row.rss_kb! * 1024, row.rss)
  const age = (Date.now() - Date.parse(row.start_time!)) / 1000
  t.ok(Math.abs(age - Number(ps(child.pid, 'etimes'))) <= 2, 'start within 2 s')
  // Other programs start and end meanwhile.
  const known = new Set([...before, ...psAll()])
  const common = reply.processes.filter(({ pid }) => known.has(pid))
  t.ok(
    common.length > reply.processes.length * 0.9,
    'they are the processes ps lists, except for those that lived shortly'
  )
  t.same(
    reply.processes.map(({ pid }) => pid),
    reply.processes.map(({ pid }) => pid).toSorted((a, b) => a - b)
  )
  t.match(reply, { sort: 'pid', stale: false, total: reply.processes.length })
})

t.test('each sort order, and the limit', async (t) => {
  const { get } = await open(t)
  for (const [sort, field] of [
    ['cpu', 'cpu'],
    ['memory', 'rss'],
    ['mem', 'rss']
  ] as const) {
    const { processes } = (await get(`/api/processes?sort=${sort}&limit=5`)).json() as ProcessesReply
    const values = processes.map((process) => process[field] ?? 0)
    t.equal(values.length, 5)
    t.same(
      values,
      values.toSorted((a, b) => b - a),
      sort
    )
  }
  const names = ((await get('/api/processes?sort=name&limit=2000')).json() as ProcessesReply).processes.map(
    (p) => p.name
  )
  t.same(names, names.toSorted())
  t.equal((await get('/api/processes?sort=io&limit=1')).json().processes.length, 1)
  for (const query of ['sort=rss', 'limit=0', 'limit=2001', 'limit=x'])
    t.equal((await get(`/api/processes?${query}`)).statusCode, 400, query)
})

t.test('a program is named in full, and an interpreter with its script', async (t) => {
  const { get } = await open(t)
  const folder = t.testdir({ 'a-program-with-a-long-name': '', 'serve.py.sh': 'sleep 1234; exit' })
  copyFileSync('/bin/sleep', join(folder, 'a-program-with-a-long-name'))
  chmodSync(join(folder, 'a-program-with-a-long-name'), 0o755)
  const named = await start(t, join(folder, 'a-program-with-a-long-name'), ['1234'])
  const scripted = await start(t, 'sh', [join(folder, 'serve.py.sh'), 'now'])
  const { processes } = (await get('/api/processes?limit=2000')).json() as ProcessesReply
  t.match(
    processes.find(({ pid }) => pid === named.pid),
    { command: 'a-program-with-', name: 'a-program-with-a-long-name', script: null }
  )
  t.match(
    processes.find(({ pid }) => pid === scripted.pid),
    { command: 'sh', name: 'sh', script: join(folder, 'serve.py.sh') }
  )
  const detail = (await get(`/api/processes/${named.pid}`)).json()
  t.match(detail, { comm: 'a-program-with-', name: 'a-program-with-a-long-name' })
  for (const { pid } of (await get(`/api/processes/${scripted.pid}`)).json().children) process.kill(pid, 'SIGKILL')
})

t.test('a busy process has the CPU time that the scheduler gave it', async (t) => {
  const child = await start(t, process.execPath, ['-e', 'for(;;);'])
  const source = createProcessSource({ now: Date.now, pauseMs: 0 })
  const ran = () => Number(readFileSync(`/proc/${child.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  await source.read(new AbortController().signal)
  const [before, begun] = [ran(), performance.now()]
  await passTime(1000)
  const scan = await source.read(new AbortController().signal)
  const share = ((ran() - before) / (performance.now() - begun)) * 100
  const { cpu } = scan.value!.processes.get(child.pid)!
  t.ok(Math.abs(cpu! - share) < 15, `${cpu} % and ${share} %, within 15`)
})

t.test('bytes written are those that the kernel has counted', async (t) => {
  const source = createProcessSource({ now: Date.now, pauseMs: 0 })
  const script =
    'fs.writeFileSync(process.argv[1], Buffer.alloc(8e6), { flush: true }); console.log(); setInterval(() => {}, 1e6)'
  const child = spawn(process.execPath, ['-e', script, `${t.testdir()}/blocks`], {
    stdio: ['ignore', 'pipe', 'inherit']
  })
  t.teardown(() => child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  const counted = Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${child.pid}/io`, 'utf8'))![1])
  const scan = await source.read(new AbortController().signal)
  t.equal(scan.value!.processes.get(child.pid!)!.writeBytes, counted)
})

t.test('GET /api/processes/:pid agrees with the process, and never includes its environment', async (t) => {
  const { get } = await open(t)
  const child = await start(t, 'sh', ['-c', 'cd /usr; sleep 1234 & wait'], {
    PATH: process.env.PATH!,
    SECRET: 'hunter2-of-the-environment'
  })
  let reply = await get(`/api/processes/${child.pid}`)
  // The shell is there before its child is.
  await until(async () => {
    reply = await get(`/api/processes/${child.pid}`)
    return reply.json().children.length > 0
  })
  const detail = reply.json()
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  t.match(detail, {
    comm: 'sh',
    cwd: '/usr',
    ppid: process.pid,
    nice: 0,
    user: ps(child.pid, 'user'),
    group: ps(child.pid, 'group')
  })
  t.match(detail.cmdline, /^sh -c cd \/usr/)
  t.match(detail.children[0], { command: 'sleep', name: 'sleep' })
  t.match(status, new RegExp(`^VmRSS:\\s+${detail.vm_rss_kb} kB`, 'm'))
  t.match(
    detail.limits.find(({ name }: { name: string }) => name === 'Max open files'),
    { soft: Number, units: 'files' }
  )
  t.ok(detail.pss > 0 && detail.pss <= detail.vm_rss_kb * 1024)
  t.ok(detail.fd_count >= 3)
  t.notMatch(reply.body, /hunter2-of-the-environment/)
  t.notMatch((await get('/api/processes?limit=2000')).body, /hunter2-of-the-environment/)
  const nulls = Object.keys(detail).filter((field) => detail[field] === null)
  t.same(
    nulls.filter((field) => !detail.reasons[field]),
    [],
    'every null has a reason'
  )
  process.kill(detail.children[0].pid, 'SIGKILL')
})

t.test('an ended process and the id of a thread are 404, and an invalid PID is 400', async (t) => {
  const { get } = await open(t)
  const child = await start(t, 'true', [])
  await once(child, 'exit')
  t.equal((await get(`/api/processes/${child.pid}`)).statusCode, 404)
  const thread = execFileSync('ls', [`/proc/${process.pid}/task`], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number)
    .find((id) => id !== process.pid)!
  t.equal((await get(`/api/processes/${thread}`)).statusCode, 404)
  t.equal((await get('/api/processes/4194304')).statusCode, 404)
  for (const pid of ['0', '-1', '4194305', '01', '1.0', 'self', '99999999'])
    t.equal((await get(`/api/processes/${pid}`)).statusCode, 400, pid)
})

t.test('kernel threads are in brackets, if this machine shows any', async (t) => {
  const { get } = await open(t)
  const { processes } = (await get('/api/processes?limit=2000')).json() as ProcessesReply
  for (const { ppid, command, name, cmdline } of processes.filter(({ ppid }) => ppid === 2)) {
    t.match(command, /^\[.*\]$/, String(ppid))
    t.same([name, cmdline], [command, command])
  }
})

t.test('concurrent requests share one scan', async (t) => {
  const { get } = await open(t)
  const replies = await Promise.all([get('/api/processes'), get('/api/processes')])
  t.equal(replies[0].json().timestamp, replies[1].json().timestamp)
})
