import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import { PASSWORD } from '../helper.ts'
import { inspect, missing, openPage, seeReference, serve, tryOut } from './chromium.ts'

/** The plainest of proxies: takes `mount` off the path and tells nobody. */
async function mountAt(t: Test, mount: string, target: string): Promise<string> {
  const proxy = createServer((request, response) => {
    if (!request.url?.startsWith(`${mount}/`)) {
      response.writeHead(404).end()
      return
    }
    const { method, headers } = request
    const passed = forward(target + request.url.slice(mount.length), { method, headers }, (answer) => {
      response.writeHead(answer.statusCode!, answer.headers)
      answer.pipe(response)
    })
    request.pipe(passed)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  t.teardown(() => proxy.close())
  return `http://127.0.0.1:${(proxy.address() as AddressInfo).port}${mount}`
}

t.test('under a sub-path all of it works', { skip: missing }, async (t) => {
  const { base } = await serve(t)
  const mounted = await mountAt(t, '/tools/monitor', base)
  const { page, faults, refusals } = await openPage(t, mounted)
  await page.goto(`${mounted}/`)
  await page.getByRole('link', { name: 'Protect this host' }).click()
  await page.getByRole('textbox', { name: 'Username' }).fill('admin')
  await page.locator('#setup-password').fill(PASSWORD)
  await page.locator('#setup-password').press('Enter')
  await seeReference(page)
  await page.getByText(mounted).first().waitFor()
  t.match(await tryOut(page), /"memory_total": [1-9]/)
  await inspect(t, page, 'a sub-path')
  t.ok((await page.context().cookies()).every(({ path }) => path === '/tools/monitor/api/auth'))
  await page.getByRole('link', { name: 'ProxMenux Monitor' }).click()
  await page.locator('#protection').getByText('Protected', { exact: true }).waitFor()
  t.same(refusals, [])
  t.same(faults, [])
})
