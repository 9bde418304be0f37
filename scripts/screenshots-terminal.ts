import type { Page } from 'playwright-core'

interface Daemon {
  base: string
  cut(): void
  stop(): Promise<void>
}
type Act<D> = (page: Page, daemon: D) => Promise<unknown>
type Look = 'desktop' | 'desktop-dark' | 'phone' | 'phone-dark'

/** Passed by scripts/screenshots.ts. */
interface Studio<D extends Daemon> {
  start(more: object): Promise<D>
  /** A token of the owner. */
  setUp(daemon: D): Promise<string>
  shoot(daemon: D, name: string, url: string, on: Look[], act: Act<D>): Promise<void>
  logIn(page: Page): Promise<void>
  press(page: Page, name: string): Promise<void>
  see(heading: string): (page: Page) => Promise<void>
}

const region = (page: Page, number: number) => page.getByRole('region', { name: `Terminal ${number}: ` })

async function typeInto(page: Page, number: number, ...lines: string[]) {
  await region(page, number).getByRole('textbox').focus()
  for (const line of lines) {
    await page.keyboard.type(`${line}\n`)
    await page.waitForTimeout(400)
  }
}

/** Screenshots of the terminal: single, side by side, disconnected, and its recordings. */
export async function shootTerminal<D extends Daemon>({ start, setUp, shoot, logIn, press, see }: Studio<D>) {
  const daemon = await start({ terminalRecord: 'on' })
  const headers = { authorization: `Bearer ${await setUp(daemon)}` }
  const endAll = async () => {
    const address = `${daemon.base}/api/terminal/sessions`
    const { sessions } = (await (await fetch(address, { headers })).json()) as { sessions: { id: string }[] }
    for (const { id } of sessions) await fetch(`${address}/${id}`, { method: 'DELETE', headers })
  }
  const take = (name: string, on: Look[], act: Act<D>, place = 'terminal') =>
    shoot(daemon, name, `/#/${place}`, on, async (page) => {
      await logIn(page)
      await act(page, daemon)
    })
  const open = async (page: Page, number: number, ...lines: string[]) => {
    await page.getByRole('button', { name: 'New terminal', exact: true }).first().click()
    await page.getByRole('menuitem', { name: 'Shell' }).click()
    await region(page, number).getByText('root@pve1').first().waitFor()
    await typeInto(page, number, ...lines)
  }
  const look = ['ls --color -l', 'head -5 proc/meminfo', 'echo https://example.com/docs']

  await take('terminal-start', ['desktop', 'phone-dark'], (page) => page.getByText('A shell on this host').waitFor())
  await take('terminal', ['desktop', 'desktop-dark', 'phone', 'phone-dark'], (page) => open(page, 1, ...look))
  await take('terminal-grid', ['desktop', 'desktop-dark'], async (page) => {
    await open(page, 1, ...look)
    await open(page, 2, 'cat etc/os-release')
    await open(page, 3, 'head -12 proc/cpuinfo')
    await open(page, 4, 'exit 3')
    await press(page, 'Side by side')
    await page.waitForTimeout(500)
  })
  await take('terminal-lost', ['desktop-dark', 'phone'], async (page) => {
    await open(page, 1, ...look)
    await page.route('**/api/terminal/ticket', (route) => route.abort())
    daemon.cut()
    await page.getByText('Connection lost').waitFor()
  })
  await take('terminal-elsewhere', ['desktop', 'phone-dark'], async (page) => {
    // Ends the terminals of earlier screenshots, then opens two that this page forgets.
    await endAll()
    await open(page, 1, ...look)
    await open(page, 2)
    await page.addInitScript('sessionStorage.clear()')
    await page.reload()
    await press(page, 'Open elsewhere')
    await page
      .getByRole('button', { name: /^Open here/ })
      .first()
      .waitFor()
  })
  await take('recordings', ['desktop', 'phone-dark'], see('Recordings'), 'terminal/recordings')
  const play: Act<D> = async (page) => {
    await page
      .getByRole('link', { name: /^Play / })
      .last()
      .click()
    await page.getByRole('slider').press('End')
  }
  await take('recording', ['desktop-dark', 'phone'], play, 'terminal/recordings')
  await daemon.stop()
}
