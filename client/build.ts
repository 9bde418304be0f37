// Builds the package: types from docs/openapi.json, then JavaScript and declarations in dist/.
//   node client/build.ts [folder of dist]
// The tools are those of generators/: npm --prefix generators ci --ignore-scripts
import { spawnSync } from 'node:child_process'
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

const root = resolve(import.meta.dirname, '..')
const tools = join(root, 'generators')
const target = process.argv[2] ?? join(import.meta.dirname, 'dist')

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
  types: [],
  module: 'nodenext',
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  skipLibCheck: true,
  declaration: true,
  rootDir: 'src',
  outDir: target
}

const folder = await mkdtemp(join(tmpdir(), 'monitor-client-'))
const run = (script: string, args: string[]) => {
  const { status } = spawnSync(process.execPath, [script, ...args], { cwd: tools, stdio: 'inherit' })
  if (status !== 0) process.exit(1)
}
try {
  await cp(join(import.meta.dirname, 'src'), join(folder, 'src'), { recursive: true })
  await symlink(join(tools, 'node_modules'), join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{"type":"module"}')
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  run(join(tools, 'generate.ts'), ['openapi-fetch', join(root, 'docs/openapi.json'), join(folder, 'src'), ''])
  await rm(target, { recursive: true, force: true })
  const compiler = createRequire(pathToFileURL(join(tools, 'package.json'))).resolve('typescript/bin/tsc')
  run(compiler, ['-p', folder])
} finally {
  await rm(folder, { recursive: true, force: true })
}
