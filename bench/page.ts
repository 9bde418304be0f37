import { chromium, type Page } from 'playwright-core'
import { PASSWORD, setUp, startDaemon, USERNAME, withFolder } from './daemon.ts'
import { argument, median, note, report, row } from './report.ts'

// The overview in Chromium on the same machine, logged in: from the navigation to the first paint and to the first click
// that works. The click is a real one, so that the time of its delivery is part of it.
const RUNS = argument(0, 15)

const EXECUTABLE = '/usr/bin/chromium'
const SWITCHES = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']

interface Opening {
  paintMs: number
  /** Transferred before the first paint, with headers. */
  bytes: number
  clickMs: number
}

/** Runs in each document. */
const keepFirstClick =
  'addEventListener("click", (event) => { globalThis.clickedAt ??= event.timeStamp }, { capture: true })'

const readOpening = `(() => {
  const paintMs = performance.getEntriesByName('first-contentful-paint')[0].startTime
  const loaded = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  const before = loaded.filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= paintMs)
  return { paintMs, bytes: before.reduce((sum, { transferSize }) => sum + transferSize, 0), clickMs: clickedAt }
})()`

async function openOverview(page: Page, url: string): Promise<Opening> {
  await page.goto(url, { waitUntil: 'commit' })
  await page.getByText('Day', { exact: true }).click()
  await page.getByRole('radio', { name: 'Day', exact: true, checked: true }).waitFor()
  return page.evaluate(readOpening)
}

await withFolder(async (folder) => {
  const server = await startDaemon(folder)
  await setUp(server)
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: SWITCHES })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  await page.addInitScript(keepFirstClick)
  await page.goto(server.url)
  await page.getByRole('textbox', { name: 'Username' }).fill(USERNAME)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Log in' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  const session = await page.context().newCDPSession(page)

  const first: Opening[] = []
  const later: Opening[] = []
  for (let run = 0; run < RUNS; run++) {
    await session.send('Network.clearBrowserCache')
    first.push(await openOverview(page, server.url))
    later.push(await openOverview(page, server.url))
    note(
      `run ${run + 1}: empty cache ${first.at(-1)!.clickMs.toFixed()} ms, later ${later.at(-1)!.clickMs.toFixed()} ms`
    )
  }
  await browser.close()
  await server.stop()

  const rowsOf = (name: string, openings: readonly Opening[]) => {
    const of = (key: keyof Opening) => median(openings.map((opening) => opening[key]))
    return [
      row(
        `Overview, ${name}: first paint`,
        `${of('paintMs').toFixed()} ms, ${(of('bytes') / 1000).toFixed()} kB before it`
      ),
      row('… the first click that works', `${of('clickMs').toFixed()} ms`, '≤ 1000 ms', of('clickMs') <= 1000)
    ]
  }
  report([...rowsOf('empty cache', first), ...rowsOf('later visits', later)])
})
