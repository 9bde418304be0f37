import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { plantPrograms, workstation } from '../test/host/hardware/made-up-host.ts'
import { plantDisks } from '../test/host/storage/made-up-disks.ts'
import { plant } from '../test/host/tree.ts'
import { createProxmox } from '../test/support/proxmox/proxmox.ts'
import { until } from '../test/support/waiting.ts'
import { makeUpAlerts } from './made-up-alerts.ts'
import type { Daemon, HostOptions } from './screenshots-daemon.ts'

type Act = (page: Page) => Promise<void>
type Look = 'desktop' | 'desktop-dark' | 'phone' | 'phone-dark'

/** Passed by scripts/screenshots.ts. */
interface Studio {
  start(more: object, host: HostOptions): Promise<Daemon>
  /** A token of the owner. */
  setUp(daemon: Daemon): Promise<string>
  shoot(daemon: Daemon, name: string, url: string, on: Look[], act: Act, answer: Act): Promise<void>
  logIn(page: Page): Promise<void>
  see(heading: string): (page: Page) => Promise<void>
  isWanted(name: string): boolean
}

const names = ['guests', 'guest', 'hardware', 'disk', 'settings', 'thresholds', 'variables', 'alerts', 'alert-channel']

/** Screenshots of guests, hardware, a disk and the settings, on files and programs of a made-up host. */
export async function shootHost({ start, setUp, shoot, logIn, see, isWanted }: Studio): Promise<void> {
  if (!names.some(isWanted)) return
  const folder = mkdtempSync(join(tmpdir(), 'monitor-screenshots-host-'))
  mkdirSync(join(folder, 'proxmox'))
  mkdirSync(join(folder, 'disks'))
  const proxmox = createProxmox({ folder: join(folder, 'proxmox'), version: '9.0', cluster: 3 })
  plant(folder, workstation)
  const { options } = plantDisks(join(folder, 'disks'))
  const { programs } = plantPrograms(folder)
  const daemon = await start(
    { terminalRecord: 'on', shell: '/usr/bin/zsh' },
    {
      ...options,
      programs: { ...programs, pvesh: proxmox.programs.pvesh, timeoutMs: 20_000 },
      hardware: { sysDir: join(folder, 'sys'), procDir: join(folder, 'proc') }
    }
  )
  await setUp(daemon)
  await until(() => daemon.app.sources.storage.latest().smart.value?.get('sda')?.value)

  const at = (name: string, hash: string, act: Act) =>
    shoot(
      daemon,
      name,
      `/#/${hash}`,
      ['desktop', 'desktop-dark', 'phone', 'phone-dark'],
      async (page) => {
        await logIn(page)
        await act(page)
      },
      // The daemon itself answers.
      async () => {}
    )
  await at('guests', 'guests', (page) => page.getByRole('link', { name: 'web', exact: true }).waitFor())
  await at('guest', 'guests/101', (page) => page.locator('.uplot canvas').first().waitFor())
  await at('hardware', 'hardware', (page) => page.getByRole('row', { name: /I226-LM/ }).waitFor())
  await at('disk', 'storage/sda', see('SMART attributes'))
  await at('settings', 'settings', see('Units'))
  await at('thresholds', 'settings/health', (page) => page.getByRole('spinbutton').first().waitFor())
  await at('variables', 'settings/terminal', (page) => page.getByText('MONITOR_SHELL').waitFor())
  const withAlerts = (act: Act) => async (page: Page) => {
    await page.getByText('No channels').waitFor()
    await makeUpAlerts(page)
    await page.reload()
    await page.getByRole('row', { name: /^Phone/ }).waitFor()
    await act(page)
  }
  await at('alerts', 'settings/alerts', withAlerts(see('Sent messages')))
  await at(
    'alert-channel',
    'settings/alerts',
    withAlerts(async (page) => {
      await page.getByRole('button', { name: 'Add channel' }).click()
      await page.getByRole('checkbox', { name: 'Quiet hours' }).check()
    })
  )
  await daemon.stop()
  rmSync(folder, { recursive: true })
}
