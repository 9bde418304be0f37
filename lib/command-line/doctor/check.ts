/** One line of the doctor's report. */
export interface Check {
  name: string
  status: 'ok' | 'warn' | 'fail'
  message: string
  /** What to do; empty if nothing is to be done. */
  remedy: string
}

export const ok = (name: string, message: string): Check => ({ name, status: 'ok', message, remedy: '' })
export const warn = (name: string, message: string, remedy: string): Check => ({
  name,
  status: 'warn',
  message,
  remedy
})
export const fail = (name: string, message: string, remedy: string): Check => ({
  name,
  status: 'fail',
  message,
  remedy
})
