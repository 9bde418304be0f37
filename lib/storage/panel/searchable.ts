/** What a row may hold: PostgreSQL refuses other values even in a comparison, where a host just finds nothing. */

const MAX_INTEGER = 2 ** 31 - 1

export const isId = (id: number): boolean => Number.isInteger(id) && id > 0 && id <= MAX_INTEGER

export const isText = (text: string): boolean => !text.includes('\0')
