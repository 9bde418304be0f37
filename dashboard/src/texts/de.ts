import { access } from './de/access.ts'
import { health } from './de/health.ts'
import { logs } from './de/logs.ts'
import { network } from './de/network.ts'
import { history, monitorUpdate, overview, updates } from './de/overview.ts'
import { permissions } from './de/permissions.ts'
import { problems } from './de/problems.ts'
import { processes } from './de/processes.ts'
import { profile } from './de/profile.ts'
import { security } from './de/security.ts'
import { shell } from './de/shell.ts'
import { storage } from './de/storage.ts'
import { terminal } from './de/terminal.ts'
import { ui } from './de/ui.ts'
import type { texts as en } from './en.ts'

/** The German texts. What English has and German lacks does not compile. */
export const texts: typeof en = {
  ...shell,
  ui,
  problems,
  permissions,
  access,
  overview,
  history,
  updates,
  monitorUpdate,
  health,
  storage,
  network,
  processes,
  logs,
  terminal,
  security,
  profile
}
