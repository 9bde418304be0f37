import t from 'tap'
import type { Client } from '../../../lib/terminal/client.ts'
import { createTerminal } from '../../../lib/terminal/session.ts'
import { until } from '../../support/waiting.ts'

const SIZE = 300_000

/** A client that counts what it gets; while `isSlow`, what it was sent stays on its way. */
function makeClient() {
  const waiting: (() => void)[] = []
  const seen = { bytes: 0, controls: [] as string[], closed: '', isSlow: false }
  const client: Client = {
    acknowledges: false,
    output(bytes, flushed) {
      seen.bytes += bytes.length
      if (seen.isSlow) waiting.push(flushed)
      else setImmediate(flushed)
    },
    control: ({ type }) => void seen.controls.push(type),
    close(_code, reason) {
      seen.closed = reason
    }
  }
  const hurry = () => {
    seen.isSlow = false
    for (const flushed of waiting.splice(0)) flushed()
  }
  return { client, seen, hurry }
}

t.test('a watcher gets the last output and the exit even if the writer got them first', async (t) => {
  const [writer, watcher, silent] = [makeClient(), makeClient(), makeClient()]
  watcher.seen.isSlow = true
  silent.seen.isSlow = true
  let isOver = false
  const terminal = createTerminal({
    id: 'a',
    command: {
      file: '/bin/sh',
      args: ['-c', `head -c ${SIZE} /dev/zero | tr '\\0' x`],
      env: { PATH: process.env.PATH! },
      cwd: '/',
      cols: 80,
      rows: 24
    },
    observers: [],
    now: () => performance.now(),
    onEnded: () => {
      isOver = true
    },
    onSurvivors: (pids) => t.fail(`left: ${pids}`),
    onFault: (error) => t.fail(String(error))
  })
  for (const { client } of [watcher, silent]) terminal.begin(terminal.watch(client))
  terminal.begin(terminal.attach(writer.client, 0))
  await until(() => writer.seen.closed !== '')
  t.equal(writer.seen.bytes, SIZE)
  t.ok(watcher.seen.bytes < SIZE, 'the rest is on its way')
  watcher.hurry()
  await until(() => watcher.seen.closed !== '')
  t.equal(watcher.seen.bytes, SIZE)
  t.ok(watcher.seen.controls.includes('exit'))
  await until(() => isOver)
  t.notOk(silent.seen.controls.includes('exit'), 'a watcher that does not read delays no other')
  t.equal(silent.seen.closed, 'the shell has ended')
})
