import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { serve } from '../browser/chromium.ts'
import { heading, missing } from '../dashboard/screens.ts'
import { HOST, makeCertificate } from '../edge/certificate.ts'
import { freePorts, listens, missing as missingProgram, start } from '../edge/programs.ts'
import { caddy } from '../edge/shipped.ts'
import { setUp } from '../support/app.ts'
import { missing as missingOpenssl } from '../support/certificates.ts'
import { goTo, logIn } from './newcomer.ts'
import { test } from './recorder.ts'

t.setTimeout(300_000)

const CADDY = '/usr/bin/caddy'

test('caddy', missing || missingOpenssl || missingProgram(CADDY, 'caddy'), async (t, { open, folder }) => {
  const { app, base } = await serve(t)
  await setUp(app)
  const ports = await freePorts('plain', 'tls')
  const address = `https://${HOST}:${ports.tls}`
  const switches = [`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]
  const newcomer = await open(base, { switches, also: address, ignoreHTTPSErrors: true })
  const { page } = newcomer
  await logIn(newcomer)
  await newcomer.see(heading(page, 'Overview'))
  await goTo(newcomer, 'Guide')
  await newcomer.press(page.getByRole('navigation').getByRole('link', { name: 'Behind a reverse proxy' }))
  await newcomer.see(heading(page, 'Caddy'))
  const commands = page.locator('h3:text-is("Caddy") ~ pre').first()
  await newcomer.see(commands)
  const written = (await commands.innerText()).trim().split('\n')
  t.match(written, [/^cp \S+\/examples\/caddy\/Caddyfile \/etc\/caddy\/Caddyfile$/, /^caddy validate/, /reload caddy$/])

  // The same on other ports, with a certificate of our own.
  const file = join(folder, 'Caddyfile')
  const certificate = makeCertificate(folder)
  const text = [caddy.global(ports), caddy.site('Caddyfile', Number(new URL(base).port), certificate)]
  await newcomer.shell(written, async () => {
    writeFileSync(file, text.join('\n'))
    const env = { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
    const words = ['--config', file, '--adapter', 'caddyfile']
    t.equal(spawnSync(CADDY, ['validate', ...words], { env }).status, 0)
    await listens(start(t, CADDY, ['run', ...words], env), ports.tls)
  })
  await newcomer.visit(`${address}/`)
  await logIn(newcomer)
  await newcomer.see(heading(page, 'Overview'))
  await goTo(newcomer, 'Connection doctor')
  await newcomer.see('No problems found')
  await newcomer.see('This host sees you as 127.0.0.1, over HTTPS.')
  await newcomer.see(/^A test message came back after/)
  await newcomer.done()
})
