import { en } from './en.ts'

/** All texts. A second language is a second object of this type. */
export type Texts = typeof en

const languages: Readonly<Record<string, Texts>> = { en }

/** The browser's first supported language; otherwise English. */
export const language = navigator.languages.map((tag) => tag.split('-')[0]!).find((tag) => tag in languages) ?? 'en'

export const t: Texts = languages[language]!
