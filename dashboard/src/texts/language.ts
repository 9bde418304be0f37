/** A new language is one name here, one folder beside en/, and one line in each `choose` (decision 39). */
export const languages = ['en', 'de'] as const
export type Language = (typeof languages)[number]
export type LanguageChoice = 'system' | Language

const KEY = 'language'

function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0
  } catch {
    return false
  }
}

/** The languages of the browser. Chromium may report `en-US@posix`, which Intl refuses. */
export const browserTags = navigator.languages.filter(isTag)

const baseOf = (tag: string): string => tag.split('-')[0]!
const isLanguage = (name: string | null): name is Language => languages.some((language) => language === name)

function readChoice(): LanguageChoice {
  let stored: string | null
  try {
    stored = localStorage.getItem(KEY)
  } catch {
    // Storage is disabled, so the address keeps the choice.
    stored = new URLSearchParams(location.search).get(KEY)
  }
  return isLanguage(stored) ? stored : 'system'
}

/** What the user has chosen in this browser. */
export const languageChoice = readChoice()

/** The language of the texts: the user's choice, else the browser's first supported language, else English. */
export const language: Language =
  languageChoice === 'system' ? (browserTags.map(baseOf).find(isLanguage) ?? 'en') : languageChoice

/** The browser's own variant of that language, such as `de-AT`. Numbers and dates follow it. */
export const locale = browserTags.find((tag) => baseOf(tag) === language) ?? language

/** Keeps the choice and loads the page again in that language. Other tabs follow at their next load. */
export function chooseLanguage(choice: LanguageChoice): void {
  if (choice === languageChoice) return
  const address = new URL(location.href)
  address.searchParams.delete(KEY)
  try {
    if (choice === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, choice)
  } catch {
    if (choice !== 'system') address.searchParams.set(KEY, choice)
  }
  if (address.href === location.href) location.reload()
  else location.replace(address)
}

/** Loads the texts of a page in the language of the user. No other language is downloaded. */
export const choose = <T>(texts: Record<Language, () => Promise<T>>): Promise<T> => texts[language]()
