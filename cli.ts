import { runCommandLine } from './lib/command-line/run.ts'
import { readVersion } from './lib/startup/locations.ts'
import { plainFault } from './lib/startup/plain-fault.ts'

// bin/proxmenux-monitor runs this file if it has arguments; without arguments it starts server.ts.

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // EPIPE: the reader closed the pipe, as `head` does.
  if (error.code === 'EPIPE') process.exit()
  process.stderr.write(`cannot write the output: ${plainFault(error)}\n`)
  process.exit(1)
})

const code = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  version: readVersion(),
  serve: () => import('./server.ts')
})
if (code !== null) process.exitCode = code
