import type { Page } from 'playwright-core'
import { loadTexts, placeholders } from '../support/texts.ts'

interface Template {
  pattern: RegExp
  /** The value that each group of the pattern is, such as `<0>`. */
  order: string[]
  german: string
}

const VALUE = /<\d>/g

const templateOf = ([english, german]: readonly [string, string]): Template => ({
  pattern: new RegExp(`^${english.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(VALUE, '(.+)')}$`),
  order: english.match(VALUE) ?? [],
  german
})

/** Finds the German text for an English one of the page; null if there is none. */
async function createTranslator(): Promise<(text: string) => string | null> {
  const german = new Map((await loadTexts('de')).map(({ path, text }) => [path, text]))
  const show = (text: unknown) =>
    typeof text === 'function' ? String(text(...placeholders(text.length, (i) => `<${i}>`))) : String(text)
  const pairs = (await loadTexts('en')).map(({ path, text }) => [show(text), show(german.get(path))] as const)
  const exact = new Map(pairs)
  // The longest first: it says most.
  const templates = pairs
    .filter(([english, other]) => english.includes('<0>') && english !== other)
    .toSorted(([a], [b]) => b.length - a.length)
    .map(templateOf)
  return (text) => {
    const same = exact.get(text)
    if (same !== undefined) return same
    for (const { pattern, order, german } of templates) {
      const values = pattern.exec(text)
      if (values) return german.replaceAll(VALUE, (value) => values[1 + order.indexOf(value)] ?? '')
    }
    return null
  }
}

/** Runs `act` for the words of the page: text nodes, and the attributes that are shown or read out. */
const eachText = (act: string) => `
  const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (nodes.nextNode()) {
    const node = nodes.currentNode
    ;(${act})(() => node.data, (text) => { node.data = text })
  }
  for (const name of ['aria-label', 'placeholder', 'title', 'alt'])
    for (const element of document.querySelectorAll('[' + name + ']'))
      (${act})(() => element.getAttribute(name), (text) => element.setAttribute(name, text))
`

let translator: ReturnType<typeof createTranslator> | undefined

/**
 * Replaces the English words of a page, as it stands, by the German ones, which are longer. So each state of a page is
 * seen in German too, without a second way there. The result brings the page's own words back, and says how many they were.
 */
export async function showGerman(page: Page): Promise<() => Promise<number>> {
  translator ??= createTranslator()
  const translate = await translator
  const shown: string[] = await page.evaluate(`(() => {
    const texts = new Set()
    ${eachText('(get) => texts.add(get().trim())')}
    return [...texts]
  })()`)
  const german = Object.fromEntries(
    shown.map((text) => [text, translate(text)] as const).filter(([text, other]) => other !== null && other !== text)
  )
  // The page may draw itself anew in between: only what is still German goes back.
  await page.evaluate(`(() => {
    const german = ${JSON.stringify(german)}
    const undo = []
    ${eachText(`(get, set) => {
      const before = get()
      if (!Object.hasOwn(german, before.trim())) return
      const after = before.replace(before.trim(), () => german[before.trim()])
      set(after)
      undo.push(() => get() === after && set(before))
    }`)}
    document.documentElement.lang = 'de'
    globalThis.showEnglish = () => {
      for (const back of undo) back()
      document.documentElement.lang = 'en'
      return undo.length
    }
  })()`)
  return () => page.evaluate('showEnglish()')
}
