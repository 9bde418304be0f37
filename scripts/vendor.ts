// Bundles TypeBox into vendor/typebox.js, without what the daemon does not use: see docs/decisions/0011.
//   node scripts/vendor.ts          writes it
//   node scripts/vendor.ts --check  fails when it is not what the installed package gives
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'

const root = resolve(import.meta.dirname, '..')
const target = join(root, 'vendor/typebox.js')
const installed = (file: string) => readFileSync(join(root, 'node_modules/typebox', file), 'utf8').trim()

const { outputFiles } = await build({
  stdin: { contents: readFileSync(join(root, 'vendor/typebox.d.ts'), 'utf8'), loader: 'ts', resolveDir: root },
  absWorkingDir: root,
  bundle: true,
  format: 'esm',
  platform: 'node',
  banner: {
    js: `// typebox ${JSON.parse(installed('package.json')).version}, made by \`npm run generate\`.\n/*\n${installed('license')}\n*/`
  },
  write: false
})
const made = outputFiles[0]!.text

if (!process.argv.includes('--check')) writeFileSync(target, made)
else if (readFileSync(target, 'utf8') !== made) {
  console.error('vendor/typebox.js is not current: run `npm run generate`')
  process.exitCode = 1
}
