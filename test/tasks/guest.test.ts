import t from 'tap'
import { serve } from '../browser/chromium.ts'
import { button, heading, missing } from '../dashboard/screens.ts'
import { setUp } from '../support/app.ts'
import { createProxmox } from '../support/proxmox/proxmox.ts'
import { goTo, logIn } from './newcomer.ts'
import { test } from './recorder.ts'

t.setTimeout(300_000)

test('restart-guest', missing, async (t, { open, folder }) => {
  const proxmox = createProxmox({ folder, version: '9.0', cluster: 3 })
  proxmox.change(({ durations }) => {
    durations['pvesh create'] = 2000
  })
  const programs = { pvesh: proxmox.programs.pvesh, timeoutMs: 20_000 }
  const { app, base } = await serve(t, {}, { programs, vitals: { shareDir: proxmox.share, hostname: () => 'pve1' } })
  await setUp(app)
  const newcomer = await open(base)
  const { page } = newcomer
  await logIn(newcomer)
  await newcomer.see(heading(page, 'Overview'))
  await goTo(newcomer, 'Guests')
  await newcomer.press(page.getByRole('link', { name: 'web', exact: true }))
  await newcomer.press(button(page, 'Reboot'))
  await newcomer.press(page.getByRole('dialog').getByRole('button', { name: 'Reboot' }))
  await newcomer.see('Reboot is running.')
  await newcomer.see(page.getByRole('row', { name: /^Reboot.*OK/ }))
  await newcomer.see(button(page, 'Reboot'))
  await newcomer.done()
  t.equal(proxmox.read().guests[101]!.status, 'running')
  t.ok(proxmox.calls().some((words) => words.join(' ').includes('/status/reboot')))
})
