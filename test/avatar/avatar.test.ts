import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createImageCheck } from '../../lib/avatar/check.ts'
import { type ImageType, imageTypeOf, imageTypes, MAX_SIDE, parseImageType } from '../../lib/avatar/image-type.ts'
import { createAvatarStore } from '../../lib/avatar/store.ts'
import { namesEtag } from '../../lib/net/etag.ts'
import { createFileLock } from '../../lib/storage/file-lock.ts'
import { temporaryFolder } from '../support/app.ts'
import { makeAnimation, makeFlatImage, makeImage } from '../support/images.ts'
import { standIn } from '../support/stand-in.ts'
import { until } from '../support/waiting.ts'

const types = Object.keys(imageTypes) as ImageType[]

async function openCheck(t: Test, program?: string, timeoutMs?: number) {
  const images = createImageCheck({ ...(program && { program }), ...(timeoutMs && { timeoutMs }) })
  t.teardown(() => images.close())
  return images
}

async function writeProgram(t: Test, source: string): Promise<string> {
  const program = join(await temporaryFolder(t), 'program.mjs')
  await writeFile(program, source)
  return program
}

t.test('a whole image of each type passes, only under its own type', async (t) => {
  const { check } = await openCheck(t)
  for (const type of types) {
    const image = await makeImage(type)
    t.equal(imageTypeOf(image), type)
    for (const declared of types) t.equal(await check(image, declared), declared === type ? 'ok' : 'undecodable')
  }
  t.equal(await check(await makeAnimation('image/gif', 4, 50), 'image/gif'), 'ok')
  t.equal(await check(await makeAnimation('image/webp', 4, 50), 'image/webp'), 'ok')
})

t.test('a truncated image is refused, cut at any byte', async (t) => {
  const { check } = await openCheck(t)
  const images: [ImageType, Buffer][] = await Promise.all(
    types.map(async (type): Promise<[ImageType, Buffer]> => [type, await makeImage(type)])
  )
  images.push(['image/gif', await makeAnimation('image/gif', 4, 50)])
  images.push(['image/webp', await makeAnimation('image/webp', 4, 50)])
  for (const [type, image] of images) {
    for (const missing of [1, 2, 12, Math.floor(image.length / 2), image.length - 13]) {
      t.equal(await check(image.subarray(0, -missing), type), 'undecodable', `${type} without ${missing} bytes`)
    }
  }
})

t.test('bytes that are no image of the four types reach no decoder', async (t) => {
  const { check } = await openCheck(t)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
  const none = [
    Buffer.from(svg),
    Buffer.from('GIF89a/*<svg onload=alert(1)>*/=1;'),
    Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000, 'x')]),
    Buffer.from('%PDF-1.7'),
    Buffer.alloc(2000),
    Buffer.alloc(0)
  ]
  for (const bytes of none) {
    for (const type of types) t.equal(await check(bytes, type), 'undecodable')
  }
})

t.test('too many pixels are refused by the header: a side, a decompression bomb, all frames together', async (t) => {
  const { check } = await openCheck(t)
  t.equal(await check(await makeFlatImage('image/png', MAX_SIDE, MAX_SIDE), 'image/png'), 'ok')
  t.equal(await check(await makeFlatImage('image/png', MAX_SIDE + 1, 1), 'image/png'), 'too-wide')
  t.equal(await check(await makeFlatImage('image/jpeg', 1, MAX_SIDE + 1), 'image/jpeg'), 'too-wide')
  const bomb = await makeFlatImage('image/png', 9000, 9000)
  const from = performance.now()
  t.equal(await check(bomb, 'image/png'), 'too-wide')
  t.ok(performance.now() - from < 3000, 'at once')
  t.equal(await check(await makeAnimation('image/gif', 3, MAX_SIDE), 'image/gif'), 'too-many-pixels')
  t.equal(await check(await makeAnimation('image/gif', 2, MAX_SIDE), 'image/gif'), 'ok')
  t.equal(await check(await makeAnimation('image/webp', 2, MAX_SIDE), 'image/webp'), 'ok')
})

t.test('a crash or hang of the decoder refuses the image; a decoder that does not start is an error', async (t) => {
  const image = await makeImage('image/png')
  const crash = await openCheck(t, await writeProgram(t, "process.stdout.write('ready\\n', () => process.abort())"))
  t.equal(await crash.check(image, 'image/png'), 'undecodable')
  const hang = await openCheck(t, await writeProgram(t, "process.stdout.write('ready\\n'); for (;;);"), 500)
  t.equal(await hang.check(image, 'image/png'), 'too-slow')
  const absent = await openCheck(t, '/no/such/program.mjs')
  await t.rejects(absent.check(image, 'image/png'), /did not start.*Cannot find module/s)
})

t.test('the decoding process inherits no environment, has little memory and writes no file', async (t) => {
  process.env.MONITOR_SETUP_CODE = 'secret'
  t.teardown(() => delete process.env.MONITOR_SETUP_CODE)
  const program = await writeProgram(
    t,
    `import { readFileSync } from 'node:fs'
     const limits = readFileSync('/proc/self/limits', 'utf8')
     const soft = (name) => Number(limits.match(new RegExp(name + ' +([0-9]+)'))[1])
     const limited = ['Max data size', 'Max file size', 'Max cpu time', 'Max core file size'].map(soft)
     throw new Error(JSON.stringify([limited, process.cwd(), process.env.MONITOR_SETUP_CODE, process.env.PATH]))`
  )
  const { check } = await openCheck(t, program)
  await t.rejects(check(Buffer.alloc(1), 'image/png'), { message: /\[\[1228800000,0,10,0\],"\/",null,null\]/ })
})

t.test(
  'the decoding process runs as nobody before it reads the first byte',
  { skip: process.getuid!() !== 0 },
  async (t) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, '../../lib/avatar/child.ts'), 'image/png'])
    await once(child.stdout, 'data')
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8')
    t.match(status, /^Uid:\t65534\t65534\t65534\t65534$/m)
    t.match(status, /^Gid:\t65534\t65534\t65534\t65534$/m)
    t.match(status, /^Groups:\s*$/m)
    t.match(status, /^CapEff:\t0+$/m)
    const answer = once(child.stdout, 'data')
    child.stdin.end('x')
    t.equal(String(await answer), 'undecodable')
  }
)

t.test('one image is decoded at a time, a few wait, more are refused as busy; closing ends all of them', async (t) => {
  const begun = join(await temporaryFolder(t), 'begun')
  const source = `import { closeSync, openSync } from 'node:fs'
    closeSync(openSync('${begun}', 'w'))
    process.stdout.write('ready\\n'); setInterval(() => {}, 99)`
  const images = await openCheck(t, await writeProgram(t, source))
  const image = await makeImage('image/png')
  const waiting = Array.from({ length: 5 }, () => images.check(image, 'image/png'))
  t.equal(await images.check(image, 'image/png'), 'busy')
  await until(() => existsSync(begun))
  const from = performance.now()
  await images.close()
  t.same(new Set(await Promise.all(waiting)), new Set(['busy']))
  t.ok(performance.now() - from < 2000)
})

t.test('the type is the Content-Type header without its parameters', async (t) => {
  t.equal(parseImageType('Image/PNG; charset=binary'), 'image/png')
  for (const none of ['', 'image/svg+xml', 'image/jpg', 'constructor', 'text/plain'])
    t.equal(parseImageType(none), null)
})

t.test('If-None-Match is a list, compared weakly, or a star', async (t) => {
  for (const header of ['"a"', 'W/"a"', '"b", "a"', ' * ', '"b",W/"a"']) t.ok(namesEtag(header, '"a"'), header)
  for (const header of [undefined, '', '"b"', 'a', '"a']) t.notOk(namesEtag(header, '"a"'), String(header))
})

async function openStore(t: Test) {
  const parent = await temporaryFolder(t)
  const folder = join(parent, 'avatars')
  const store = createAvatarStore({ folder, lock: createFileLock(join(parent, '.avatars.lock')) })
  await store.open()
  return { store, folder, path: join(folder, '1') }
}

t.test('an account has one private file named by its id, whatever the image type', async (t) => {
  const { store, folder, path } = await openStore(t)
  t.equal(await store.find(1), null)
  const tags = new Set<string>()
  for (const type of types) {
    const image = await makeImage(type)
    await store.replace(1, image)
    t.same(await readdir(folder), ['1'])
    const read = (await store.read(1))!
    t.equal(read.type, type)
    t.ok(read.bytes.equals(image))
    tags.add(read.etag)
  }
  t.equal(tags.size, 4)
  t.equal((await stat(path)).mode & 0o777, 0o600)
  t.equal((await stat(folder)).mode & 0o777, 0o700)
  await store.remove(1)
  await store.remove(1)
  t.same(await readdir(folder), [])
  for (const id of [0, -1, 1.5, Number.NaN, standIn<number>('../x')]) {
    await t.rejects(async () => store.find(id), /no account has the id/)
  }
})

t.test('concurrent writes leave one whole image', async (t) => {
  const { store, folder } = await openStore(t)
  const images = await Promise.all(types.flatMap((type) => [makeImage(type), makeImage(type, 200, 200)]))
  await Promise.all(images.map((image) => store.replace(1, image)))
  t.same(await readdir(folder), ['1'])
  const { bytes } = (await store.read(1))!
  t.ok(images.some((image) => image.equals(bytes)))
})

t.test('temporary files of a killed writer are removed at the next start and by the next change', async (t) => {
  const { store, folder } = await openStore(t)
  const image = await makeImage('image/png')
  await store.replace(1, image)
  const leave = async () => {
    for (const id of [1, 2]) await writeFile(join(folder, `.${id}.0123456789ab.tmp`), 'half')
  }
  for (const clearUp of [() => store.open(), () => store.replace(1, image), () => store.remove(2)]) {
    await leave()
    await clearUp()
    t.same(await readdir(folder), ['1'])
  }
  await chmod(folder, 0o755)
  await store.open()
  t.equal((await stat(folder)).mode & 0o777, 0o700)
})

t.test('an invalid file put there by hand is ignored, and a symbolic link is not followed', async (t) => {
  const { store, folder, path } = await openStore(t)
  await mkdir(folder)
  await writeFile(path, '<html>')
  t.equal(await store.read(1), null)
  await writeFile(path, Buffer.concat([await makeImage('image/png'), Buffer.alloc(2 * 1024 * 1024)]))
  t.equal(await store.find(1), null)
  await symlink(path, join(folder, '2'))
  t.equal(await store.find(2), null)
  await mkdir(join(folder, '3'))
  t.equal(await store.find(3), null)
  await store.replace(1, await makeImage('image/gif'))
  t.equal(imageTypeOf(await readFile(path)), 'image/gif')
})
