import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserContextOptions, Locator } from 'playwright-core'
import t, { type Test } from 'tap'
import { openPage } from '../browser/chromium.ts'
import { temporaryFolder } from '../support/app.ts'
import { type Task, tasks } from './names.ts'

const devices = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
} satisfies Record<string, BrowserContextOptions>
export type Device = keyof typeof devices

/** One task as it was done on one device. */
export interface Recording {
  task: Task
  device: Device
  /** Presses of the mouse, or taps. */
  clicks: number
  /** Fields that were typed into, a terminal among them. */
  fields: number
  /** Without the time of other programs, such as the authenticator. */
  seconds: number
  /** What was typed into a shell of the host. */
  commands: string[]
}

/** Runs in each document. Only events of the browser count: a script cannot make up a click. */
const listen = `
  let lastTyped
  const report = ({ type, target, isTrusted }) => {
    if (!isTrusted || (type === 'input' && (target === lastTyped || !target.matches('textarea, input:not([type=checkbox])'))))
      return
    // A field that is typed into again after a press counts again.
    lastTyped = type === 'input' ? target : undefined
    globalThis.reportToRecorder(type)
  }
  for (const type of ['pointerdown', 'input']) addEventListener(type, report, { capture: true, passive: true })
`

interface Matching {
  matches(selector: string): boolean
}
interface List {
  selectedOptions: readonly { label: string }[]
}

interface StartOptions {
  /** Chromium's own switches. */
  switches?: string[]
  /** Another address of the same daemon, which the browser may use too. */
  also?: string
  ignoreHTTPSErrors?: boolean
}

/**
 * Somebody who has never seen the dashboard: opens its address and then uses only what is visible. Each action waits
 * until its target can be seen, and fails where it cannot: at a dead end.
 */
async function openNewcomer(t: Test, task: Task, device: Device, base: string, options: StartOptions = {}) {
  const { also, ...more } = options
  const { page, faults } = await openPage(t, base, { ...devices[device], ...more })
  const context = page.context()
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const recording: Recording = { task, device, clicks: 0, fields: 0, seconds: 0, commands: [] }
  await context.exposeBinding('reportToRecorder', (_source, type: 'pointerdown' | 'input') => {
    if (type === 'input') recording.fields++
    else recording.clicks++
  })
  await context.addInitScript(listen)

  let pausedMs = 0
  /** Does what takes no time of the newcomer on the page. */
  const away = async <T>(work: () => Promise<T>): Promise<T> => {
    const from = performance.now()
    try {
      return await work()
    } finally {
      pausedMs += performance.now() - from
    }
  }
  const film = process.env.TASKS_FILM
  let frames = 0
  /** What the newcomer looks at before the next action; after each click, thus. */
  const shoot = async () => {
    if (!film) return
    mkdirSync(join(film, task), { recursive: true })
    const name = `${device}-${String(++frames).padStart(2, '0')}.png`
    await away(() => page.screenshot({ path: join(film, task, name) }))
  }

  const see = (target: Locator | string | RegExp) =>
    (typeof target === 'string' || target instanceof RegExp ? page.getByText(target) : target).first().waitFor()
  const press = async (target: Locator) => {
    await target.waitFor()
    await shoot()
    await (device === 'phone' ? target.tap() : target.click())
  }
  const hasFocus = (target: Locator) => target.evaluate((element) => (element as unknown as Matching).matches(':focus'))
  /** Types into a field, which is pressed first unless it has the focus. */
  const write = async (field: Locator, text: string) => {
    await field.waitFor()
    if (!(await hasFocus(field))) await press(field)
    await page.keyboard.insertText(text)
  }
  /** Types the address of the dashboard, never of one of its pages. */
  const visit = async (address: string) => {
    if (new URL(address).pathname !== '/') throw new Error(`${address} is no address that a newcomer knows`)
    await page.goto(address)
  }

  const begun = performance.now()
  await visit(base)
  return {
    page,
    isPhone: device === 'phone',
    away,
    see,
    press,
    visit,
    write,
    /** Runs a command in a terminal of the page. */
    command: async (terminal: Locator, text: string) => {
      recording.commands.push(text)
      await write(terminal, text)
      await page.keyboard.press('Enter')
    },
    /**
     * Chooses from a list. The browser draws it outside of the page, so that it is chosen by the keyboard here, and the
     * two presses are added: of the list, and of its entry.
     */
    choose: async (list: Locator, label: string) => {
      await list.waitFor()
      await shoot()
      await list.focus()
      await page.keyboard.type(label)
      const chosen = await list.evaluate((element) => (element as unknown as List).selectedOptions[0]?.label)
      if (chosen !== label) throw new Error(`the list has ${chosen}, not ${label}`)
      recording.clicks += 2
    },
    /** The browser's own button, outside of the page. */
    reload: async () => {
      await shoot()
      recording.clicks++
      await page.reload()
    },
    /** Commands that the page or the guide has named, in a shell of the host. */
    shell: async <T>(commands: string[], run: () => Promise<T>): Promise<T> => {
      recording.commands.push(...commands)
      await shoot()
      return away(run)
    },
    /** The task is done, and the newcomer sees that it is. */
    done: async () => {
      recording.seconds = (performance.now() - begun - pausedMs) / 1000
      await shoot()
      const allowed = also === undefined ? [] : [`elsewhere: ${also}`]
      t.same(
        faults.filter((fault) => !allowed.some((start) => fault.startsWith(start))),
        []
      )
      t.ok(recording.clicks > 0)
      t.comment(JSON.stringify(recording))
      const results = process.env.TASKS_RESULTS
      if (results) appendFileSync(results, `${JSON.stringify(recording)}\n`)
    }
  }
}
export type Newcomer = Awaited<ReturnType<typeof openNewcomer>>

interface Place {
  /** Opens the browser at this address; the clock runs from here. */
  open: (base: string, options?: StartOptions) => Promise<Newcomer>
  folder: string
}

/** A test of the task for each device. */
export function test(task: Task, skip: string | false, act: (t: Test, place: Place) => Promise<void>): void {
  for (const device of Object.keys(devices) as Device[])
    t.test(`${tasks[task]}, on a ${device}`, { skip }, async (t) => {
      const open: Place['open'] = (base, options) => openNewcomer(t, task, device, base, options)
      await act(t, { open, folder: await temporaryFolder(t) })
    })
}
