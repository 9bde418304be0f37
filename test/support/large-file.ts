import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const page = readFileSync(resolve(import.meta.dirname, '../../dashboard/dist/index.html'), 'utf8')
const [, address] = /<link rel="stylesheet"[^>]* href="\.(\/[^"]+\.css)">/.exec(page) ?? []
if (!address) throw new Error('dashboard/dist/index.html names no style sheet')

/** The address of a file of over 30 kB that is served without a token: the dashboard's style sheet. */
export const largeFile = address
