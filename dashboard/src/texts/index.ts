import { en } from './en.ts'

const languages = { en }

type Language = keyof typeof languages

/** The visitor's first language that we have; English else. */
export const language = (navigator.languages.map((tag) => tag.split('-')[0]!).find((tag) => tag in languages) ??
  'en') as Language

/** The texts of a page beside the dashboard, which are loaded with that page. */
export const choose = <T>(texts: Record<Language, T>): T => texts[language]

/** Every text of the dashboard; a second language is a second object of this type. */
export type Texts = typeof en

export const t: Texts = choose(languages)
