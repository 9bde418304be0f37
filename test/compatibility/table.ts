import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

export interface Row {
  /** Such as `GET /api/system`. */
  route: string
  here: 'same' | 'differs' | 'not offered'
  /** Fields and statuses that differ. A field stands for what is in it too. */
  differs: string[]
  /** Fields that may be null here and never are in the Monitor. */
  nulls: string[]
  why: string
}

const coded = (text: string) => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code!)

export const document = readFileSync(resolve(import.meta.dirname, '../../docs/compatibility.md'), 'utf8')

/** The rows of docs/compatibility.md. */
export const rows: Row[] = document
  .split('\n')
  .filter((line) => /^\| `[A-Z]+ \//.test(line))
  .map((line) => {
    const cells = line.split('|').slice(1, -1)
    const [route, here, fields, why] = cells.map((cell) => cell.trim())
    if (why === undefined || cells.length > 4) throw new Error(`not a row of four columns: ${line}`)
    const [differs = '', nulls = ''] = fields!.split('null: ')
    return {
      route: coded(route!)[0]!,
      here: here as Row['here'],
      differs: coded(differs),
      nulls: coded(nulls),
      why
    }
  })

/** Does a field of a row stand for this path? `*` is every field. */
export const covers = (field: string, path: string): boolean =>
  field === '*' || path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[]`)
