// Writes the files that are derived from the code: docs/openapi.json, docs/errors.md,
// docs/configuration.md, and the manual page and completion of the command line in deploy/.
//   node scripts/generate.ts          writes them
//   node scripts/generate.ts --check  fails if one of them is outdated
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { buildApp } from '../app.ts'
import { errorTable } from '../lib/api/errors.ts'
import { readConfig, variables } from '../lib/startup/config.ts'
import { describeCompletion, describeManual } from './describe-commands.ts'
import { keepCurrent } from './keep-current.ts'

const root = resolve(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'monitor-generate-'))

async function describeApi(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const { config } = readConfig({})
  const app = await buildApp({
    config: {
      ...config!,
      configDir: folder,
      stateDir: folder,
      authLog: join(folder, 'auth.log'),
      sslConfig: join(folder, 'ssl_config.json')
    },
    version
  })
  await app.ready()
  const text = `${JSON.stringify(await app.openapi.document(), null, 2)}\n`
  await app.close()
  return text
}

const row = (...cells: string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`

const describeErrors = () => `# Errors

Generated from \`lib/api/errors.ts\` by \`npm run generate\`.

Every failure, on every route, has this shape; programs go by \`code\`, which does not change:

\`\`\`json
{ "success": false, "error": "Authentication required", "message": "missing authorization header", "code": "TOKEN_MISSING" }
\`\`\`

A 400 of \`VALIDATION\` adds \`details\`, a list of \`{path, message}\`; \`TOTP_REQUIRED\` and \`TOTP_INVALID\` add
\`requires_totp: true\`. A missing or wrong password or code of a live session has the code below and the status 403, except a wrong
password of \`PUT /api/auth/password\`: a 401 means that the token is invalid or that a login failed. \`STEP_UP_REQUIRED\` adds \`needs\`; a 500 adds \`request_id\`, which stands in the log. A 401 carries \`WWW-Authenticate: Bearer\`, a 423, a 429
and a 503 carry \`Retry-After\`. The message below is the default; a request can get a more precise one. Then \`error\` carries it too,
since the Monitor's clients show \`error\` and the panel's show \`message\`.

${row('status', 'code', 'error', 'message')}
| --- | --- | --- | --- |
${Object.entries(errorTable)
  .map(([code, { status, error, message }]) => row(String(status), `\`${code}\``, error ?? message, message))
  .join('\n')}
`

const describeVariables = () => `# Configuration

Generated from \`schemas/foundation/config.ts\` by \`npm run generate\`.

The daemon is configured by environment variables. All are checked before it listens: a bad value ends it with one line
that names the variable, what is wrong and an example. \`proxmenux-monitor --help\` prints this list.
Durations are seconds, or a number with \`s\`, \`m\`, \`h\` or \`d\`. Lists are separated by commas.

${row('variable', 'default', 'what it is', 'example')}
| --- | --- | --- | --- |
${variables
  .map(({ env, default: value, description, example }) =>
    row(`\`${env}\``, value === '' ? '(empty)' : `\`${value}\``, description, `\`${example}\``)
  )
  .join('\n')}

An ordinary user's daemon keeps its state under the configuration folder, and its log and its TLS settings beside
\`auth.json\`, where the default places cannot be written; it says so when it starts.

\`SIGHUP\` reads \`auth.json\`, \`settings.json\` and the TLS files at once and reopens the authentication log. Both files are also looked at
twice a second, so a change by hand needs no signal. The variables are read at the start only.
`

keepCurrent({
  'docs/openapi.json': await describeApi(),
  'docs/errors.md': describeErrors(),
  'docs/configuration.md': describeVariables(),
  'deploy/man/proxmenux-monitor.1': describeManual(),
  'deploy/completion/proxmenux-monitor': describeCompletion()
})
rmSync(folder, { recursive: true })
