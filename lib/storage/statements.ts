import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'

type Row = Record<string, unknown>

/** SQL as a template tag: each value becomes a parameter, and each text is prepared once. Throws SQLite's errors. */
export interface Statements {
  run(text: TemplateStringsArray, ...values: SQLInputValue[]): void
  get(text: TemplateStringsArray, ...values: SQLInputValue[]): Row | undefined
  all(text: TemplateStringsArray, ...values: SQLInputValue[]): Row[]
}

/** Does not use Node's `createTagStore`: up to 24.21 its statements keep the file open after `close()`. */
export function createStatements(database: DatabaseSync): Statements {
  const prepared = new Map<TemplateStringsArray, StatementSync>()
  const prepare = (text: TemplateStringsArray): StatementSync => {
    const known = prepared.get(text) ?? database.prepare(text.join('?'))
    prepared.set(text, known)
    return known
  }
  return {
    run: (text, ...values) => void prepare(text).run(...values),
    get: (text, ...values) => prepare(text).get(...values),
    all: (text, ...values) => prepare(text).all(...values)
  }
}
