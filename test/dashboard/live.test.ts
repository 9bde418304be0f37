import { connect, createServer, type Socket } from 'node:net'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { openPage, serve } from '../browser/chromium.ts'
import { startProxy } from '../browser/proxy.ts'
import { comes, passTime } from '../support/waiting.ts'
import { createOwner, missing, seeOverview } from './screens.ts'

/** What stands under the heading: the host's time of what is shown. */
const shownTime = (page: Page) => page.getByText(/^Updated \d/).textContent()

async function seeItMove(page: Page, timeout = 60_000): Promise<void> {
  const before = await shownTime(page)
  const updated = page.getByText(/^Updated \d/)
  await updated.filter({ hasNotText: before ?? '' }).waitFor({ timeout })
}

/** As if the tab were behind another, or in front again. */
const hide = (page: Page, isHidden: boolean) =>
  page.evaluate(`
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => ${isHidden} })
    document.dispatchEvent(new Event('visibilitychange'))
  `)

/** Requests of the API so far, without the files of the page. */
function countRequests(page: Page): string[] {
  const paths: string[] = []
  page.on('request', (request) => {
    const { pathname } = new URL(request.url())
    if (pathname.startsWith('/api/')) paths.push(`${request.method()} ${pathname}`)
  })
  return paths
}

/** Hands on bytes, until it is told to cut all there is. */
async function startWire(t: Test, target: string) {
  const open = new Set<Socket>()
  const { hostname, port } = new URL(target)
  const server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const [socket, other] of [
      [near, far],
      [far, near]
    ] as const) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    near.pipe(far).pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  t.teardown(() => {
    cut()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return { base: `http://127.0.0.1:${address.port}`, cut }
}

t.test(
  'values move over one stream, which comes back after a cut and rests while nobody looks',
  { skip: missing },
  async (t) => {
    const { base } = await serve(t)
    const wire = await startWire(t, base)
    const { page, faults } = await openPage(t, wire.base)
    const streams: { isClosed(): boolean }[] = []
    page.on('websocket', (stream) => streams.push(stream))
    const requests = countRequests(page)
    await createOwner(page, wire.base)
    await seeItMove(page)
    t.equal(streams.length, 1, 'one stream for all cards')
    await page.getByRole('link', { name: 'Network' }).first().click()
    await page.getByRole('heading', { name: 'Total' }).waitFor()
    await page.getByRole('link', { name: 'Overview' }).first().click()
    await seeItMove(page)
    t.equal(streams.length, 1, 'and for all pages')
    const asked = requests.filter((request) => request === 'GET /api/system')
    t.equal(asked.length, 1, 'once, for the links that only Proxmox VE has; nothing is asked for beside the stream')

    const again = page.waitForEvent('websocket')
    wire.cut()
    await again
    await seeItMove(page)
    t.equal(await page.getByText('This host is not responding').isVisible(), false)

    await hide(page, true)
    t.equal(await comes(() => streams.every((stream) => stream.isClosed())), true, 'it is closed')
    await hide(page, false)
    await seeItMove(page)
    t.same(
      faults.filter((fault) => !fault.startsWith('failed: ')),
      []
    )
  }
)

t.test(
  'behind a proxy without WebSockets the routes are asked, within the budget of a tab',
  { skip: missing },
  async (t) => {
    const { base } = await serve(t)
    const proxy = await startProxy(t, base, { upgrades: false })
    const { page, faults } = await openPage(t, proxy)
    await createOwner(page, proxy)
    await seeItMove(page, 40_000)
    const requests = countRequests(page)
    await passTime(60_000)
    t.ok(requests.includes('GET /api/system'), 'the routes are asked')
    t.ok(requests.length <= 30, `${requests.length} requests in a minute: ${requests.sort().join(', ')}`)
    t.same(
      faults.filter((fault) => !/WebSocket connection to/.test(fault)),
      []
    )
  }
)

t.test('a host that says nothing more is shown as old, with the age of what there is', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const { page } = await openPage(t, base)
  await createOwner(page, base)
  await seeOverview(page)
  await page.context().setOffline(true)
  // Offline, what is open already goes on in Chromium: the stream is ended from here.
  await hide(page, true)
  await hide(page, false)
  await page.getByText('This host is not responding').first().waitFor()
  await page
    .getByText(/^\d+ s old$/)
    .first()
    .waitFor()
  await page.context().setOffline(false)
  await page.getByText(/^Updated \d/).waitFor({ timeout: 90_000 })
})
