import { copyFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

// Packages with native parts, and piscina, which starts a file of its own folder as its worker.
const external = ['sharp', '@lydell/node-pty', 'piscina']

/** Files that are read as text and are no code: the list of common passwords, and the panel's SQL. */
const copyTexts: Plugin = {
  name: 'copy-texts',
  writeBundle({ dir }) {
    copyFileSync('lib/auth/passwords/common.txt', join(dir!, 'common-passwords.txt'))
    cpSync('lib/storage/panel/migrations', join(dir!, 'migrations'), { recursive: true })
  }
}

/** Bundles the daemon and its command line into dist/; the dashboard has a configuration of its own. */
export default defineConfig({
  publicDir: false,
  plugins: [copyTexts],
  ssr: { noExternal: true, external },
  build: {
    ssr: true,
    target: 'node24',
    minify: true,
    sourcemap: true,
    rolldownOptions: {
      input: {
        server: 'server.ts',
        cli: 'cli.ts',
        'password-worker': 'lib/auth/passwords/worker.ts',
        'image-decoder': 'lib/avatar/child.ts'
      },
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' }
    }
  }
})
