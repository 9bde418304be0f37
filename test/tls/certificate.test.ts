import { chmod, readFile, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { faultOfDates, loadPair, type PairResult } from '../../lib/tls/certificate.ts'
import { describeCertificate, namesOf, warningsOf } from '../../lib/tls/describe.ts'
import { blocksOf } from '../../lib/tls/pem-file.ts'
import { createSelfSigned } from '../../lib/tls/self-signed.ts'
import { temporaryFolder } from '../support/app.ts'
import { concatenate, type Files, type Kind, makeChain, missing, openssl, selfSigned } from '../support/certificates.ts'
import { standIn } from '../support/stand-in.ts'

const skip = missing
const DAY_MS = 86_400_000

const faultOf = (result: PairResult) => (result.ok ? null : `${result.at} ${result.fault}`)
const load = async (files: Files) => {
  const result = await loadPair(files)
  if (!result.ok) throw new Error(faultOf(result)!)
  return result.pair
}

t.test('RSA, EC and Ed25519 are read and described', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  for (const [kind, type] of [
    ['rsa', 'RSA 2048'],
    ['ec', 'EC P-256'],
    ['p521', 'EC P-521'],
    ['ed25519', 'Ed25519']
  ] as const) {
    const files = selfSigned(folder, kind, { kind })
    const pair = await load(files)
    const fingerprint = openssl('x509', '-in', files.cert_path, '-noout', '-fingerprint', '-sha256').trim()
    t.match(describeCertificate(pair.chain, Date.now()), {
      subject: `O=Example\\, Inc., CN=${kind}`,
      issuer: `O=Example\\, Inc., CN=${kind}`,
      names: ['monitor.example.com', 'localhost', '127.0.0.1', '::1'],
      key_type: type,
      days_left: 89,
      fingerprint_sha256: fingerprint.split('=')[1],
      chain_length: 1,
      self_signed: true
    })
    t.equal(
      warningsOf(pair, 'localhost:8008', Date.now()).some((warning) => warning.includes('Ed25519')),
      kind === 'ed25519'
    )
  }
})

t.test('key formats of other programs, and files with additional blocks, are read', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const rsa = selfSigned(folder, 'rsa', { kind: 'rsa' })
  const ec = selfSigned(folder, 'ec')
  const pkcs1 = join(folder, 'pkcs1.key')
  openssl('rsa', '-in', rsa.key_path, '-traditional', '-out', pkcs1)
  const sec1 = join(folder, 'sec1.key')
  const parameters = openssl('ecparam', '-name', 'prime256v1')
  await writeFile(sec1, parameters + openssl('ec', '-in', ec.key_path))
  const together = await concatenate(join(folder, 'together.pem'), ec.key_path, ec.cert_path)
  const windows = join(folder, 'windows.pem')
  await writeFile(windows, `\ufeffsubject=CN\r\n${(await readFile(ec.cert_path, 'utf8')).replaceAll('\n', '\r\n')}`)
  await symlink(ec.cert_path, join(folder, 'link.pem'))
  for (const files of [
    { cert_path: rsa.cert_path, key_path: pkcs1 },
    { cert_path: ec.cert_path, key_path: sec1 },
    { cert_path: together, key_path: together },
    { cert_path: windows, key_path: ec.key_path },
    { cert_path: join(folder, 'link.pem'), key_path: ec.key_path }
  ])
    t.equal(faultOf(await loadPair(files)), null, files.cert_path)
})

t.test('each fault names its file and the problem, and quotes none of its content', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const at = (name: string) => join(folder, name)
  const good = selfSigned(folder, 'good')
  const kinds = Object.fromEntries(
    (['weak', 'pss', 'koblitz', 'ed448'] as const).map((kind) => [kind, selfSigned(folder, kind, { kind })])
  ) as Record<Kind, Files>
  const { root, middle, leaf } = await makeChain(folder)
  openssl('pkey', '-in', good.key_path, '-aes256', '-passout', 'pass:secret', '-out', at('pkcs8-encrypted.key'))
  openssl('ec', '-in', good.key_path, '-aes256', '-passout', 'pass:secret', '-out', at('encrypted.key'))
  openssl('x509', '-in', good.cert_path, '-outform', 'der', '-out', at('der.pem'))
  await concatenate(at('two.key'), good.key_path, leaf.key_path)
  await concatenate(at('backwards.pem'), root.cert_path, middle.cert_path, leaf.cert_path)
  await concatenate(at('swapped.pem'), leaf.cert_path, root.cert_path, middle.cert_path)
  await concatenate(at('gap.pem'), leaf.cert_path, root.cert_path)
  await writeFile(at('empty.pem'), '')
  await writeFile(at('noise.pem'), `-----BEGIN CERTIFICATE-----\nbm9pc2U=\n-----END CERTIFICATE-----\n`)
  await writeFile(at('noise.key'), `-----BEGIN PRIVATE KEY-----\nbm9pc2U=\n-----END PRIVATE KEY-----\n`)
  await writeFile(at('large.pem'), '')
  await truncate(at('large.pem'), 10 * 1024 * 1024)
  await symlink(at('nowhere'), at('dangling.pem'))
  await symlink(at('circle.pem'), at('circle.pem'))
  for (const [name, cert, key, fault] of [
    ['relative', 'good.pem', good.key_path, /^cert_path needs an absolute path/],
    ['relative key', good.cert_path, 'good.key', /^key_path needs an absolute path/],
    ['missing', at('none.pem'), good.key_path, /^cert_path does not exist/],
    ['below a file', `${good.cert_path}/x`, good.key_path, /^cert_path does not exist/],
    ['dangling', at('dangling.pem'), good.key_path, /^cert_path does not exist/],
    ['a circle', at('circle.pem'), good.key_path, /^cert_path is part of a loop of symbolic links/],
    ['a NUL', `${good.cert_path}\0`, good.key_path, /^cert_path cannot be read/],
    ['a folder', folder, good.key_path, /^cert_path is not a regular file/],
    ['a device', '/dev/zero', good.key_path, /^cert_path is not a regular file/],
    ['large', at('large.pem'), good.key_path, /^cert_path is larger than 256 KiB/],
    ['empty', at('empty.pem'), good.key_path, /^cert_path holds no certificate in PEM form$/],
    ['DER', at('der.pem'), good.key_path, /^cert_path holds no certificate in PEM form$/],
    ['swapped files', good.key_path, good.cert_path, /^cert_path holds no certificate in PEM form; there is a private/],
    ['a certificate as key', good.cert_path, good.cert_path, /^key_path holds no private key in PEM form; there is a/],
    ['a damaged certificate', at('noise.pem'), good.key_path, /^cert_path holds a certificate that cannot be read/],
    ['a damaged key', good.cert_path, at('noise.key'), /^key_path holds a private key that cannot be read/],
    ['two keys, the second ours', leaf.cert_path, at('two.key'), /^key_path does not belong to the certificate/],
    ['encrypted', good.cert_path, at('encrypted.key'), /^key_path is protected by a passphrase.*openssl pkey/],
    ['encrypted PKCS#8', good.cert_path, at('pkcs8-encrypted.key'), /^key_path is protected by a passphrase/],
    ["another's key", good.cert_path, leaf.key_path, /^key_path does not belong to the certificate/],
    ['RSA 1024', kinds.weak.cert_path, kinds.weak.key_path, /^key_path holds an RSA key of 1024 bits/],
    ['RSA-PSS', kinds.pss.cert_path, kinds.pss.key_path, /^key_path holds a key of an unsupported type/],
    ['secp256k1', kinds.koblitz.cert_path, kinds.koblitz.key_path, /^key_path holds a key of an unsupported type/],
    ['Ed448', kinds.ed448.cert_path, kinds.ed448.key_path, /^key_path holds a key of an unsupported type/],
    ['backwards', at('backwards.pem'), leaf.key_path, /^cert_path is out of order: .* number 3 and must be first/]
  ] as const)
    t.match(faultOf(await loadPair({ cert_path: cert, key_path: key })), fault, name)
  for (const [name, cert, key, warning] of [
    ['two keys', good.cert_path, at('two.key'), /key file holds 2 private keys; the first one is used/],
    ['a swapped chain', at('swapped.pem'), leaf.key_path, /certificate file is out of order: number 2 did not sign/],
    ['a gap', at('gap.pem'), leaf.key_path, /holds a certificate \(number 2\) that did not sign the one/]
  ] as const) {
    const pair = await load({ cert_path: cert, key_path: key })
    t.match(warningsOf(pair, 'localhost', Date.now()).join(), warning, name)
  }
  await t.test('unreadable', async (t) => {
    await chmod(folder, 0o711)
    await chmod(good.key_path, 0)
    // Root may read everything, so it is another user for as long as that takes.
    const isRoot = process.getuid?.() === 0
    if (isRoot) process.seteuid?.('nobody')
    const loaded = await loadPair(good).finally(() => isRoot && process.seteuid?.(0))
    t.match(faultOf(loaded), /^key_path cannot be read by this daemon: permission denied/)
  })
})

t.test('a chain is read completely, with or without its root', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const { root, middle, leaf } = await makeChain(folder)
  const { key_path } = leaf
  const cert_path = await concatenate(join(folder, 'chain.pem'), leaf.cert_path, middle.cert_path)
  const pair = await load({ cert_path, key_path })
  t.match(describeCertificate(pair.chain, Date.now()), { chain_length: 2, self_signed: false, issuer: 'CN=middle' })
  t.same(warningsOf(pair, 'monitor.example.com', Date.now()), [])
  await concatenate(cert_path, leaf.cert_path, middle.cert_path, root.cert_path)
  t.equal((await load({ cert_path, key_path })).chain.length, 3)
  t.match(warningsOf(await load(leaf), 'localhost', Date.now()), [/lacks the intermediate certificate/])
})

t.test('dates, names and permissions are warned about', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const { leaf, middle } = await makeChain(folder)
  const cert_path = await concatenate(join(folder, 'chain.pem'), leaf.cert_path, middle.cert_path)
  const pair = await load({ cert_path, key_path: leaf.key_path })
  const now = Date.now()
  for (const [name, host, at, warnings] of [
    ['for another name', 'pve.lan:8008', now, [/not valid for pve\.lan,/]],
    ['for another address', '192.0.2.1', now, [/not valid for 192\.0\.2\.1,/]],
    ['for this IPv6 address', '[::1]:8008', now, []],
    ['soon', 'localhost', now + 70 * DAY_MS, [/expires in 19 days/]],
    ['over', 'localhost', now + 91 * DAY_MS, [/^the certificate has expired/, /intermediate certificate has expired/]],
    ['too early', 'localhost', now - DAY_MS, [/not valid yet/]]
  ] as const) {
    const found = warningsOf(pair, host, at)
    t.equal(found.length, warnings.length, `${name}: ${found}`)
    t.match(found, warnings, name)
  }
  t.equal(faultOfDates(pair, now), null)
  t.match(faultOfDates(pair, now - DAY_MS), /^is not valid before .*clock/)
  t.match(faultOfDates(pair, now + 91 * DAY_MS), /^expired on /)
  await chmod(leaf.key_path, 0o644)
  t.match(warningsOf(await load({ cert_path, key_path: leaf.key_path }), 'localhost', now), [/every user of this host/])
  const nameless = await load(
    selfSigned(folder, 'nameless', { names: '', extensions: ['extendedKeyUsage=clientAuth'] })
  )
  t.match(warningsOf(nameless, 'nameless', Date.now()), [/has no host name/, /self-signed/, /not issued for servers/])
})

t.test('names are parsed completely, with any characters', async (t) => {
  const subjectAltName = 'DNS:a.example, DNS:"b, DNS:c.example", IP Address:192.0.2.1, email:x@example.com'
  t.same(namesOf({ subjectAltName }), ['a.example', 'b, DNS:c.example', '192.0.2.1'])
  t.same(namesOf(standIn({ subjectAltName: undefined })), [])
})

t.test('a file with thousands of opening lines is read in bounded time', async (t) => {
  const started = performance.now()
  t.same(blocksOf('-----BEGIN CERTIFICATE-----\n'.repeat(9000)), [])
  t.ok(performance.now() - started < 2000)
  const mixed = '-----BEGIN A-----\nx\n-----END B-----\n-----BEGIN C-----\ny\n-----END C-----\n'
  t.same(blocksOf(mixed), [{ label: 'C', text: '-----BEGIN C-----\ny\n-----END C-----\n' }])
})

t.test('a self-signed certificate is known as such, also if it may not sign others', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const files = selfSigned(folder, 'own', { extensions: ['keyUsage=critical,digitalSignature'] })
  const pair = await load(files)
  t.match(describeCertificate(pair.chain, Date.now()), { self_signed: true })
  t.match(warningsOf(pair, 'localhost', Date.now()), [/^the certificate is self-signed/])
})

t.test('openssl accepts the self-signed certificate for its names', { skip }, async (t) => {
  const folder = await temporaryFolder(t)
  const pair = await createSelfSigned(['pve', 'localhost', '192.0.2.7', '::1'], Date.now())
  const files = { cert_path: join(folder, 'own.pem'), key_path: join(folder, 'own.key') }
  await writeFile(files.cert_path, pair.cert)
  await writeFile(files.key_path, pair.key, { mode: 0o600 })
  const description = describeCertificate((await load(files)).chain, Date.now())
  t.match(description, { key_type: 'EC P-256', self_signed: true, days_left: 395 })
  t.same(description.names, ['pve', 'localhost', '192.0.2.7', '::1'])
  const verify = (...check: string[]) => openssl('verify', '-CAfile', files.cert_path, ...check, files.cert_path)
  t.match(verify('-verify_hostname', 'pve', '-purpose', 'sslserver'), /OK/)
  t.match(verify('-verify_ip', '::1', '-x509_strict'), /OK/)
})
