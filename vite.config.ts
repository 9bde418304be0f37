import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

// Packages with native parts, and piscina, which starts a file of its own folder as its worker.
export const external = ['sharp', '@lydell/node-pty', 'piscina']

/** Files that are read as text and are no code: the list of common passwords, and the panel's SQL. */
const copyTexts: Plugin = {
  name: 'copy-texts',
  writeBundle({ dir }) {
    copyFileSync('lib/auth/passwords/common.txt', join(dir!, 'common-passwords.txt'))
    cpSync('lib/storage/panel/migrations', join(dir!, 'migrations'), { recursive: true })
  }
}

/**
 * Node reads every export of a built-in module that is imported, also those it makes on demand: undici behind `node:http`,
 * all certificate authorities behind `node:tls` (decision 11). `require` reads what is used. `node:module`
 * is where `require` comes from.
 */
const requireBuiltins: Plugin = {
  name: 'require-builtins',
  enforce: 'pre',
  resolveId: (id, _importer, { kind }) =>
    id.startsWith('node:') && id !== 'node:module' && kind === 'import-statement' ? `\0${id}.cjs` : null,
  load: (id) => (id.startsWith('\0node:') ? `module.exports = require('${id.slice(1, -4)}')` : null)
}

/** Bundles the daemon and its command line into dist/; the dashboard has a configuration of its own. */
export default defineConfig({
  publicDir: false,
  plugins: [copyTexts, requireBuiltins],
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node24',
    minify: true,
    sourcemap: true,
    license: true,
    rolldownOptions: {
      input: {
        server: 'server.ts',
        cli: 'cli.ts',
        'password-worker': 'lib/auth/passwords/worker.ts',
        'image-decoder': 'lib/avatar/child.ts'
      },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: 'chunks/[name]-[hash].js',
        // V8 keeps a source with one character beyond Latin-1 in two bytes a character.
        charset: 'ascii',
        // One large file takes V8 6 MB of parser's memory that malloc keeps (decision 11).
        codeSplitting: { groups: [{ name: 'packages', test: /node_modules/, maxSize: 200_000, entriesAware: true }] }
      }
    }
  }
})
