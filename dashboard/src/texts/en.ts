import { access } from './en/access.ts'
import { overview } from './en/overview.ts'
import { problems } from './en/problems.ts'
import { profile } from './en/profile.ts'
import { security } from './en/security.ts'
import { shell } from './en/shell.ts'
import { terminal } from './en/terminal.ts'
import { ui } from './en/ui.ts'

/** All texts in English: a section for each part of the dashboard, in a file of its own. */
export const en = { ...shell, ui, problems, access, overview, profile, security, terminal }
