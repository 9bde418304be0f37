import { readdirSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../dashboard/dist/assets/app')
const name = readdirSync(folder).find((each) => /^index-.*\.css$/.test(each))

/** The address of a file of over 30 kB that is served without a token: the dashboard's style sheet. */
export const largeFile = `/assets/app/${name}`
