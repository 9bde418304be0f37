import { t } from '../texts/index.ts'
import type { Reply } from './paths.ts'

export type Permission = Reply<'/api/auth/me'>['user']['permissions'][number]

export const nameOfPermission = (id: Permission): string => t.permissions.names[id]

/** Adds the names of the permissions whose ids a sentence contains. */
export const namePermissions = (sentence: string): string =>
  sentence.replace(/\b[a-z]+\.[a-z]+\b/g, (id) => {
    const { names, quoted } = t.permissions
    return Object.hasOwn(names, id) ? quoted(names[id as Permission], id) : id
  })
