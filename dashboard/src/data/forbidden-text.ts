import { namePermissions, type Permission } from '../api/permission-names.ts'
import { t } from '../texts/index.ts'

/** Why a page cannot be opened: it requires one of these permissions. */
export const forbiddenText = (permissions: readonly Permission[]): string =>
  t.pages.forbiddenText(namePermissions(permissions.join(t.pages.or)))
