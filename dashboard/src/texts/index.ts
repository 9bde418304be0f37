import { en } from './en.ts'

/** Every text there is; a second language is a second object of this type. */
export type Texts = typeof en

const languages: Readonly<Record<string, Texts>> = { en }

/** The visitor's first language that we have; English else. */
export const language = navigator.languages.map((tag) => tag.split('-')[0]!).find((tag) => tag in languages) ?? 'en'

export const t: Texts = languages[language]!
