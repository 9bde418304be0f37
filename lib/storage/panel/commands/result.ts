/** What a command prints, and its exit code (contract 13): 0 done, 1 refused or not found, 2 unusable. */
export interface CommandResult {
  text: string
  code: 0 | 1 | 2
}

export const done = (text: string): CommandResult => ({ text, code: 0 })
export const refused = (text: string): CommandResult => ({ text, code: 1 })
