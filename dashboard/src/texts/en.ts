import { access } from './en/access.ts'
import { health } from './en/health.ts'
import { logs } from './en/logs.ts'
import { network } from './en/network.ts'
import { history, monitorUpdate, overview, updates } from './en/overview.ts'
import { permissions } from './en/permissions.ts'
import { problems } from './en/problems.ts'
import { processes } from './en/processes.ts'
import { profile } from './en/profile.ts'
import { security } from './en/security.ts'
import { shell } from './en/shell.ts'
import { storage } from './en/storage.ts'
import { terminal } from './en/terminal.ts'
import { ui } from './en/ui.ts'

/** The English texts: one section and one file for each part of the dashboard. */
export const texts = {
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
