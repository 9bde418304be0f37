import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chown, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { loadPair } from '../../lib/tls/certificate.ts'
import { warningsOf } from '../../lib/tls/describe.ts'
import { build, setUp, temporaryFolder } from '../support/app.ts'
import { makeChain, missing, openssl, selfSigned } from '../support/certificates.ts'
import { openSession } from '../support/sessions.ts'

const run = promisify(execFile)
const skip = missing || (existsSync('/usr/sbin/nginx') || process.env.CI ? false : 'needs nginx: apt-get install nginx')

/** Whether nginx would serve a pair. */
async function nginxServes(folder: string, cert: string, key: string): Promise<boolean> {
  const config = join(folder, 'nginx.conf')
  const server = `server { listen 127.0.0.1:1 ssl; ssl_certificate ${cert}; ssl_certificate_key ${key}; }`
  await writeFile(
    config,
    `pid ${folder}/pid; error_log ${folder}/error.log; events {}\nhttp { access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f; uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s; ${server} }\n`
  )
  return run('/usr/sbin/nginx', ['-t', '-q', '-c', config]).then(
    () => true,
    () => false
  )
}

t.test(
  'every certificate that nginx accepts is accepted, with warnings about its problems',
  { skip, timeout: 300_000 },
  async (t) => {
    const folder = await temporaryFolder(t)
    const { root, middle, leaf } = await makeChain(folder)
    const rsa = selfSigned(folder, 'rsa', { kind: 'rsa' })
    const read = (path: string) => readFile(path, 'utf8')
    const [cert, key] = [await read(leaf.cert_path), await read(leaf.key_path)]
    const [between, above] = [await read(middle.cert_path), await read(root.cert_path)]
    const other = await read(middle.key_path)
    const sec1 = openssl('ec', '-in', leaf.key_path)
    const traditional = openssl('rsa', '-in', rsa.key_path, '-traditional')
    const trusted = openssl('x509', '-in', leaf.cert_path, '-trustout')
    const curve = openssl('ecparam', '-name', 'prime256v1')
    const bag = 'Bag Attributes\n    localKeyID: 01 00\nsubject=CN = leaf\nissuer=CN = middle\n'
    const chain = cert + between
    const BOM = '\ufeff'
    const oneLine = (pem: string) =>
      pem.replace(/-----\n([\s\S]*?)\n-----END/, (_, body) => `-----\n${body.replaceAll('\n', '')}\n-----END`)

    const variants: Record<string, [cert: string, key: string]> = {
      'as it is': [chain, key],
      'a BOM before the certificate': [BOM + chain, key],
      'a BOM before the key': [chain, BOM + key],
      'a BOM in the middle, where files were put together': [cert + BOM + between, key],
      'lines of Windows': [chain.replaceAll('\n', '\r\n'), key.replaceAll('\n', '\r\n')],
      'a BOM and lines of Windows': [BOM + chain.replaceAll('\n', '\r\n'), BOM + key.replaceAll('\n', '\r\n')],
      'text before and between': [bag + cert + bag + between, bag + key],
      'text behind': [`${chain}\nend of file\n`, `${key}\nend of file\n`],
      'no line end at the end': [chain.trimEnd(), key.trimEnd()],
      'empty lines at both ends': [`\n\n${chain}\n\n`, `\n\n${key}\n\n`],
      'spaces behind the lines': [chain.replaceAll('\n', '  \n'), key.replaceAll('\n', '  \n')],
      'all base64 in one line': [oneLine(cert), oneLine(key)],
      'TRUSTED CERTIFICATE': [trusted, key],
      'TRUSTED CERTIFICATE and its chain': [trusted + between, key],
      'X509 CERTIFICATE': [cert.replaceAll(' CERTIFICATE', ' X509 CERTIFICATE'), key],
      'key and certificate in one file': [key + chain, key + chain],
      'certificate before key in one file': [chain + key, chain + key],
      'a chain with its root': [chain + above, key],
      'a chain in odd order': [cert + above + between, key],
      'a chain with a gap': [cert + above, key],
      'the certificate twice': [cert + cert + between, key],
      'a certificate that has nothing to do with it': [chain + (await read(rsa.cert_path)), key],
      'a chain whose leaf is not first': [between + cert, key],
      'EC PARAMETERS before the key': [cert, curve + sec1],
      'the EC key in its own form': [cert, sec1],
      'the RSA key in its own form': [await read(rsa.cert_path), traditional],
      'parameters of Diffie-Hellman beside it': [
        cert + '-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQU=\n-----END DH PARAMETERS-----\n',
        key
      ],
      'two keys, ours first': [cert, key + other],
      'two keys, ours last': [cert, other + key],
      'spaces before the lines': [chain.replaceAll(/^-----/gm, '  -----'), key],
      'the other’s key': [cert, other],
      nothing: ['', '']
    }
    const files = { cert_path: join(folder, 'variant.pem'), key_path: join(folder, 'variant.key') }
    const odd = /BOM|odd order|gap|twice|nothing to do|two keys/
    let served = 0
    for (const [name, [certText, keyText]] of Object.entries(variants)) {
      await writeFile(files.cert_path, certText)
      await writeFile(files.key_path, keyText, { mode: 0o600 })
      const result = await loadPair(files)
      const isServed = await nginxServes(folder, files.cert_path, files.key_path)
      if (isServed) served++
      if (isServed) t.ok(result.ok, `${name}: nginx serves it; ${result.ok ? '' : `${result.at} ${result.fault}`}`)
      if (result.ok) t.equal(result.pair.warnings.length > 0, odd.test(name), `${name}: ${result.pair.warnings}`)
      else t.comment(`${name}: ${result.at} ${result.fault}`)
      if (name.startsWith('a BOM')) {
        t.ok(result.ok, name)
        if (result.ok) t.match(warningsOf(result.pair, 'localhost', Date.now()).join(), /byte order mark/, name)
      }
    }
    t.ok(served >= 20, `nginx served ${served}`)
  }
)

t.test('a file of a virtual file system is refused, and links to regular files work', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const good = selfSigned(folder, 'good')
  const app = await build(t, {}, { folder })
  await setUp(app)
  const { headers } = await openSession(app, 1, { confirmed: true })
  const ask = async (path: 'validate' | 'configure', body: object) =>
    (await app.inject({ method: 'POST', url: `/api/ssl/${path}`, headers, payload: body })).json()
  const links = join(folder, 'links')
  await mkdir(links)
  for (const target of ['/proc/version', '/sys/kernel/profiling']) {
    if (!existsSync(target)) continue
    const link = join(links, target.replaceAll('/', '-'))
    await symlink(target, link)
    for (const path of [target, link]) {
      for (const [at, files] of [
        ['cert_path', { ...good, cert_path: path }],
        ['key_path', { ...good, key_path: path }]
      ] as const) {
        for (const route of ['validate', 'configure'] as const) {
          const reply = await ask(route, files)
          t.match(
            reply,
            { code: 'VALIDATION', details: [{ path: `body/${at}`, message: /virtual file system of the kernel/ }] },
            path
          )
        }
      }
    }
  }
  for (const path of ['/dev/null', '/dev/tty', '/dev/zero'])
    t.match(await ask('validate', { ...good, cert_path: path }), { message: /certificate file is not a regular file/ })

  // As Let's Encrypt has them: live/name/cert.pem leads to ../../archive/name/cert1.pem.
  await mkdir(join(folder, 'live', 'a'), { recursive: true })
  await symlink('../../good.pem', join(folder, 'live', 'a', 'cert.pem'))
  await symlink('../../good.key', join(folder, 'live', 'a', 'key.pem'))
  const linked = { cert_path: join(folder, 'live/a/cert.pem'), key_path: join(folder, 'live/a/key.pem') }
  t.match(await ask('validate', linked), { success: true })
  if (!existsSync('/dev/shm')) return
  const shared = await mkdtempIn(t, '/dev/shm')
  t.match(await ask('validate', selfSigned(shared, 'on-tmpfs')), { success: true }, 'tmpfs is as good as a disk')
})

t.test(
  'another user’s file is refused for new use, and stays in use with a warning',
  { skip: skip || (process.getuid!() === 0 ? false : 'needs root') },
  async (t) => {
    const folder = await temporaryFolder(t)
    const good = selfSigned(folder, 'good')
    const app = await build(t, {}, { folder })
    await setUp(app)
    const session = await openSession(app, 1, { confirmed: true })
    const headers = { ...session.headers, 'x-forwarded-proto': 'https' }
    const ask = async (path: 'validate' | 'configure') =>
      (await app.inject({ method: 'POST', url: `/api/ssl/${path}`, headers, payload: good })).json()
    t.match(await ask('configure'), { success: true })
    await chown(good.key_path, 65_534, 65_534)
    for (const path of ['validate', 'configure'] as const)
      t.match(await ask(path), { code: 'VALIDATION', message: /key file belongs to user 65534.*chown root/ }, path)
    await app.close()

    const again = await build(t, {}, { folder })
    const status = async () => again.tls.describe('localhost')
    t.match(await status(), { enabled: true, self_signed: false, fault: null })
    t.match((await status()).warnings.join(), /key file belongs to user 65534/)
  }
)

async function mkdtempIn(t: import('tap').Test, parent: string): Promise<string> {
  const { mkdtemp, rm } = await import('node:fs/promises')
  const folder = await mkdtemp(join(parent, 'monitor-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}
