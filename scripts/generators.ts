// Generates a client with each of four generators, compiles it under `strict` and runs the same script with it against a
// daemon of its own. Prints one line for each.
//   npm run generators [-- name…]
import { spawn } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { TOTP } from 'otpauth'
import sharp from 'sharp'
import { buildApp } from '../app.ts'
import type { CreateClient } from '../generators/client.ts'
import { runScript } from '../generators/script.ts'
import { readConfig } from '../lib/startup/config.ts'

const root = resolve(import.meta.dirname, '..')
const tools = join(root, 'generators')
const names = ['openapi-fetch', 'hey-api', 'swagger-typescript-api', 'orval']

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable'],
  types: [],
  module: 'nodenext',
  strict: true,
  // The packages of the generators, not what they have generated.
  skipLibCheck: true,
  rewriteRelativeImportExtensions: true,
  outDir: 'out',
  rootDir: '.'
}

/** Runs a program of Node; throws with its output if it fails. */
async function run(script: string, args: string[]): Promise<void> {
  const program = spawn(process.execPath, [script, ...args], { cwd: tools, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [program.stdout, program.stderr]) stream.on('data', (text) => (output += text))
  const [status] = await new Promise<[number | null]>((done, fail) => {
    program.once('error', fail)
    program.once('close', (status) => done([status]))
  })
  if (status !== 0) throw new Error(`${script} ended with ${status}:\n${output}`)
}

/** A daemon without an owner, whose clock the script moves. */
async function startDaemon(folder: string) {
  const { config } = readConfig({})
  let passed = 0
  const now = () => Date.now() + passed * 1000
  const place = { configDir: folder, stateDir: folder, authLog: join(folder, 'auth.log') }
  const sslConfig = join(folder, 'ssl_config.json')
  const app = await buildApp({ config: { ...config!, ...place, sslConfig }, version: '0.0.0', hostDir: folder, now })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    codeOf: (secret: string) => new TOTP({ secret }).generate({ timestamp: now() }),
    pass(seconds: number) {
      passed += seconds
    },
    close: () => app.close()
  }
}

async function compile(name: string, folder: string): Promise<CreateClient> {
  await mkdir(join(folder, 'adapters'))
  await copyFile(join(tools, 'client.ts'), join(folder, 'client.ts'))
  await copyFile(join(tools, 'adapters', `${name}.ts`), join(folder, 'adapters', `${name}.ts`))
  await symlink(join(tools, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, exclude: ['node_modules'] }))
  await run(join(tools, 'node_modules/typescript/bin/tsc'), ['-p', folder])
  const { createClient } = await import(pathToFileURL(join(folder, 'out/adapters', `${name}.js`)).href)
  return createClient
}

async function check(name: string, image: Uint8Array<ArrayBuffer>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `monitor-${name}-`))
  const daemon = await startDaemon(await mkdtemp(join(folder, 'daemon-')))
  try {
    const description = join(root, 'docs/openapi.json')
    await run(join(tools, 'generate.ts'), [name, description, join(folder, 'generated'), daemon.url])
    const createClient = await compile(name, folder)
    await runScript({ client: createClient(daemon.url), image, codeOf: daemon.codeOf, pass: daemon.pass })
  } finally {
    await daemon.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const image = new Uint8Array(
  await sharp({ create: { width: 64, height: 64, channels: 3, background: '#1d4ed8' } })
    .png()
    .toBuffer()
)
const wanted = process.argv.slice(2)
for (const name of wanted.length > 0 ? wanted : names) {
  const started = performance.now()
  try {
    await check(name, image)
    console.log(`${name}: ok in ${((performance.now() - started) / 1000).toFixed(1)} s`)
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.stack : error}`)
    process.exitCode = 1
  }
}
