import { en } from './en.ts'

const languages = { en }

type Language = keyof typeof languages

/** The browser's first supported language; otherwise English. */
export const language = (navigator.languages.map((tag) => tag.split('-')[0]!).find((tag) => tag in languages) ??
  'en') as Language

/** Selects the texts of a page outside the dashboard; they are loaded with that page. */
export const choose = <T>(texts: Record<Language, T>): T => texts[language]

/** All texts of the dashboard. A second language is a second object of this type. */
export type Texts = typeof en

export const t: Texts = choose(languages)
