// `npm test [-- file ...]`: runs the test files as the command `tap` does, several at a time, each in its own process.
// tap loads hooks for coverage into each process, also without coverage: a third of the processor time of a small test.
import { globSync } from 'node:fs'
import { TapConfig } from '@tapjs/config'
import { report } from '@tapjs/reporter'
import t from 'tap'

const config = await TapConfig.load()
const { jobs = 1, timeout = 30, include = [] } = config.values
if (process.stdout.isTTY) await report('base', t, config)

const asked = process.argv.slice(2)
const files = asked.length > 0 ? asked : globSync(include)
t.jobs = jobs
// Only the single files have a limit.
t.setTimeout(0)
for (const name of files.toSorted()) {
  const options = { name, buffered: true, timeout: timeout * 1000, stdio: 'inherit' } as const
  // tap passes these hooks in NODE_OPTIONS.
  void t.spawn('env', ['--unset=NODE_OPTIONS', process.execPath, name], options)
}
