/** What a command prints, and its exit code (contract 13): 0 done, 1 refused or not found, 2 unusable. */
export interface CommandResult {
  text: string
  code: 0 | 1 | 2
  /** The answer with --json; by default an object with `message`, or with `error` for a refusal. */
  json?: object
  /** A line about what went wrong beside it, for standard error. */
  warning?: string
  /** The command has answered although its code is not 0: the text goes to standard output. */
  isAnswer?: true
}

export const done = (text: string, json?: object): CommandResult => ({ text, code: 0, ...(json && { json }) })
export const refused = (text: string): CommandResult => ({ text, code: 1 })
