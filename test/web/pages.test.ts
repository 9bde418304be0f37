import { globSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { extname, join, resolve } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import t from 'tap'
import { type App, build, setUp, temporaryFolder } from '../support/app.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json'
}
const dist = resolve(import.meta.dirname, '../../dashboard/dist')
const bodyOf = async (app: App, url: string) => (await app.inject(url)).body

t.test('each static file comes with its type and with headers that keep foreign code out', async (t) => {
  const app = await build(t)
  for (const [url, { name }] of app.pages.files) {
    const reply = await app.inject(url)
    t.equal(reply.statusCode, 200, url)
    t.equal(
      reply.headers['content-type']?.toString().replace('application/javascript', 'text/javascript'),
      types[extname(name)],
      url
    )
    t.equal(reply.headers['x-content-type-options'], 'nosniff', url)
    const policy = String(reply.headers['content-security-policy'])
    t.match(policy, /default-src 'none'/, url)
    t.match(policy, /script-src 'self'(;|$)/, `${url}: no inline script, no eval`)
    t.match(policy, /frame-ancestors 'none'/, url)
    t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 200, `HEAD ${url}`)
  }
})

t.test('exactly the files of the build are served, and no other file', async (t) => {
  const app = await build(t)
  const made = globSync('**/*.*', { cwd: dist, exclude: ['assets/app/**'] })
  const served = new Set([...app.pages.files.values()].map(({ name }) => name))
  t.same([...served, 'files.json'].toSorted(), made.toSorted())
  for (const url of [
    '/assets/',
    '/assets/index.html',
    '/assets/../package.json',
    '/assets/%2e%2e/package.json',
    '/assets/app/files.json',
    '/assets/app/..%2f..%2ffiles.json',
    '/assets/app/__proto__',
    '/files.json',
    '/index.html',
    '/unbuilt.html',
    '/dashboard/index.html'
  ]) {
    t.equal((await app.inject(url)).statusCode, 404, url)
  }
})

t.test('the dashboard’s files are cached permanently, and compressed for clients that accept it', async (t) => {
  const app = await build(t)
  t.ok(app.pages.built.size > 2, 'built: npm run build')
  const index = await app.inject('/')
  t.equal(index.headers['cache-control'], 'no-cache')
  for (const [name, { type, encodings }] of app.pages.built) {
    const url = `/assets/app/${name}`
    const plain = await app.inject(url)
    t.equal(plain.headers['content-encoding'], undefined, name)
    for (const [accepted, encoding, coding, open] of [
      ['gzip, deflate, br', 'br', 'br', brotliDecompressSync],
      ['gzip', 'gz', 'gzip', gunzipSync]
    ] as const) {
      if (!encodings.includes(encoding)) {
        const isSmall = plain.rawPayload.length < 1000
        t.ok(isSmall || type === 'image/png', `${coding} does not make ${name} smaller`)
        continue
      }
      const reply = await app.inject({ url, headers: { 'accept-encoding': accepted } })
      t.match(reply.headers, {
        'content-type': type,
        'content-encoding': coding,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
        'x-content-type-options': 'nosniff'
      })
      t.equal(open(reply.rawPayload).toString(), plain.body, `${name}: ${coding}`)
    }
    t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 200, `HEAD ${name}`)
  }
})

t.test('a file of the build is sent in the best encoding that the client accepts', async (t) => {
  const app = await build(t)
  const [name] = [...app.pages.built].find(([, { encodings }]) => encodings.length === 2)!
  const url = `/assets/app/${name}`
  const plain = await app.inject(url)
  for (const [accepted, coding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['deflate, gzip;q=0.1', 'gzip'],
    ['br; q=0.000, gzip;q=0', undefined],
    ['brotli, x-gzip', undefined],
    ['deflate', undefined],
    ['identity', undefined],
    ['', undefined],
    ['*;q=-1', undefined]
  ] as const) {
    const reply = await app.inject({ url, headers: { 'accept-encoding': accepted } })
    t.equal(reply.statusCode, 200, accepted)
    t.equal(reply.headers['content-encoding'], coding, accepted)
    t.equal(reply.headers.vary, 'accept-encoding', accepted)
    const { etag } = reply.headers
    t.equal(etag === plain.headers.etag, coding === undefined, `${accepted}: each variant has its own ETag`)
    const again = { 'accept-encoding': accepted, 'if-none-match': String(etag) }
    const unchanged = await app.inject({ url, headers: again })
    t.same([unchanged.statusCode, unchanged.body], [304, ''], accepted)
    t.equal(unchanged.headers['cache-control'], 'public, max-age=31536000, immutable', accepted)
  }
})

t.test('an unsatisfiable range or condition is refused, and is no fault of the daemon', async (t) => {
  const app = await build(t)
  const [name] = [...app.pages.built.keys()]
  for (const url of ['/', '/assets/icon.svg', `/assets/app/${name}`]) {
    const whole = await app.inject(url)
    const part = await app.inject({ url, headers: { range: 'bytes=2-5' } })
    t.same([part.statusCode, part.body], [206, whole.body.slice(2, 6)], url)
    for (const headers of [
      { range: `bytes=${whole.rawPayload.length}-` },
      { 'if-match': '"another"' },
      { 'if-unmodified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' }
    ]) {
      const reply = await app.inject({ url, headers: { ...headers } })
      t.match([reply.statusCode, reply.json()], [400, { success: false, code: 'VALIDATION' }], JSON.stringify(headers))
    }
  }
})

t.test('a file removed since the start is not found', async (t) => {
  const folder = `${await temporaryFolder(t)}/`
  await writeFile(`${folder}files.json`, '[{"name":"gone.js","type":"text/javascript","encodings":["br"]}]')
  const app = await build(t, {}, { dashboard: folder })
  for (const url of ['/', '/assets/app/gone.js']) {
    const reply = await app.inject({ url, headers: { 'accept-encoding': 'br' } })
    t.match([reply.statusCode, reply.json()], [404, { success: false, code: 'NOT_FOUND' }], url)
  }
})

t.test('without a build the daemon runs, and its first page says how to build the dashboard', async (t) => {
  const app = await build(t, {}, { dashboard: `${await temporaryFolder(t)}/` })
  for (const url of ['/', '/connection', '/guide', '/api/docs']) {
    const reply = await app.inject(url)
    t.equal(reply.statusCode, 503, url)
    t.match(reply.body, /npm run build/, url)
  }
  t.equal((await app.inject('/api/auth/status')).statusCode, 200)
  t.equal((await app.inject('/assets/app/index.js')).statusCode, 404)
})

t.test('the pages open while auth.json is unreadable', async (t) => {
  const folder = await temporaryFolder(t)
  await writeFile(join(folder, 'auth.json'), '{"username": "adm', { mode: 0o600 })
  const app = await build(t, {}, { folder })
  t.equal((await app.inject('/api/system')).statusCode, 503)
  for (const url of app.pages.files.keys()) t.equal((await app.inject(url)).statusCode, 200, url)
})

t.test('the pages are the same for every visitor, without data of the account or the host', async (t) => {
  const app = await build(t)
  const read = async () => Promise.all([...app.pages.files.keys()].map((url) => bodyOf(app, url)))
  const before = await read()
  const token = await setUp(app, 'somebody-rare')
  const after = await read()
  t.same(after, before)
  const { secret, owner } = app.authStore.snapshot()
  for (const text of after) {
    for (const word of [token, secret, owner!.passwordHash!, 'somebody-rare']) t.notOk(text.includes(word))
  }
})

t.test('the pages contain no script, style or handler', async (t) => {
  const app = await build(t)
  for (const [url] of [...app.pages.files].filter(([, { name }]) => name.endsWith('.html'))) {
    const html = await bodyOf(app, url)
    t.notMatch(html, /<script(?![^>]*\ssrc=)/i, `${url}: scripts are files`)
    t.notMatch(html, /<style|\sstyle=/i, `${url}: styles are files`)
    t.notMatch(html, /\son[a-z]+\s*=|javascript:/i, `${url}: no handler`)
    t.match(html, /<html lang="en">/, url)
    t.match(html, /<title>[^<]+<\/title>/, url)
  }
})

/** Without the links that a visitor follows by hand to another site, and without the text between tags. */
const withoutText = (html: string) =>
  html.replaceAll(/ href="https:[^"]+" rel="noreferrer"/g, '').replaceAll(/>[^<]+</g, '><')

t.test('the pages load only our own files, by relative addresses that work under a sub-path', async (t) => {
  const app = await build(t)
  const built = [...app.pages.built.keys()]
  const places = new Set(['/api/system-info', ...app.pages.files.keys(), ...built.map((name) => `/assets/app/${name}`)])
  for (const [url, { name }] of app.pages.files) {
    const text = (await bodyOf(app, url)).replace('http://www.w3.org/2000/svg', '')
    // The guide names addresses, and links to Tailscale's site. It loads nothing from there.
    const own = url === '/guide' ? withoutText(text) : text
    t.notMatch(own, /https?:\/\/|["'(]\/\//, `${name} names no other host`)
    const links = name.endsWith('.html') ? /(?:src|href)="([^"#]+)"/g : /"src": "([^"]+)"/g
    for (const match of own.matchAll(links)) {
      const link = match[1]!
      t.notMatch(link, /^\//, `${name}: ${link}`)
      for (const mount of ['', '/monitor']) {
        const { pathname } = new URL(link, `http://host${mount}${url}`)
        const local = pathname.slice(mount.length)
        t.ok(pathname.startsWith(`${mount}/`) && places.has(local), `${name}: ${mount} ${link}`)
      }
    }
  }
  for (const name of built.filter((each) => each.endsWith('.css'))) {
    const style = await bodyOf(app, `/assets/app/${name}`)
    t.notMatch(style, /@import|url\((?!["']?data:)/, `${name} loads nothing by style`)
  }
})

t.test('no page stores a token where another page or a later visitor could find it', async (t) => {
  const app = await build(t)
  for (const url of app.pages.files.keys()) {
    // The one thing that is kept: which theme somebody chose.
    const text = (await bodyOf(app, url)).replace("localStorage.getItem('theme')", '')
    t.notMatch(text, /localStorage|sessionStorage|document\.cookie|indexedDB|innerHTML|\beval\(/, url)
  }
})
