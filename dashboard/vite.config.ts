import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import tailwind from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'
import { guidePage } from './guide-page.ts'

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2'
}

/** Compresses files that shrink, and lists all files in dist/files.json. The daemon serves only that list. */
function listFiles(): Plugin {
  return {
    name: 'list-files',
    apply: 'build',
    writeBundle({ dir }) {
      const assets = join(dir!, 'assets/app')
      const files = readdirSync(assets).map((name) => {
        const type = types[extname(name)]
        if (!type) throw new Error(`${name}: say its type in vite.config.ts`)
        const bytes = readFileSync(join(assets, name))
        const encodings = []
        for (const [encoding, compressed] of [
          ['br', brotliCompressSync(bytes)],
          ['gz', gzipSync(bytes, { level: 9 })]
        ] as const) {
          if (compressed.length > bytes.length * 0.9) continue
          writeFileSync(join(assets, `${name}.${encoding}`), compressed)
          encodings.push(encoding)
        }
        return { name, type, encodings }
      })
      writeFileSync(join(dir!, 'files.json'), JSON.stringify(files))
    }
  }
}

/** The page once more for an address one folder deeper, whose relative links lead up. */
function addDeeperPage(): Plugin {
  return {
    name: 'add-deeper-page',
    apply: 'build',
    writeBundle({ dir }) {
      const page = readFileSync(join(dir!, 'index.html'), 'utf8')
      mkdirSync(join(dir!, 'api'), { recursive: true })
      writeFileSync(join(dir!, 'api/docs.html'), page.replaceAll('"./', '"../'))
    }
  }
}

export default defineConfig({
  // Relative, so that the files are also found under a sub-path.
  base: './',
  plugins: [tailwind(), guidePage, listFiles(), addDeeperPage()],
  // The test runner installs another React, which shared packages would otherwise resolve.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    target: ['chrome123', 'firefox128', 'safari17.5'],
    assetsDir: 'assets/app',
    // One file each: the Content-Security-Policy permits no data: URLs for them.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    license: true,
    rolldownOptions: {
      input: ['index.html', 'guide.html'],
      // One file before the first paint: as the texts are awaited, Rolldown would divide it into thirty.
      output: { codeSplitting: { groups: [{ name: 'app', test: /\.[jt]sx?$/, tags: ['$initial'] }] } }
    }
  },
  server: {
    // For `npm run dev -w dashboard` with a running daemon.
    proxy: { '/api': 'http://127.0.0.1:8008', '/ws': { target: 'ws://127.0.0.1:8008', ws: true } }
  }
})
