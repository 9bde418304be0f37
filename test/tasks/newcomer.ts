import { button, field } from '../dashboard/screens.ts'
import { PASSWORD } from '../support/app.ts'
import type { Newcomer } from './recorder.ts'

/** Types into the fields that are not filled yet, and logs in. */
export async function logIn(newcomer: Newcomer, { username = 'admin', password = PASSWORD } = {}): Promise<void> {
  const page = newcomer.page()
  const name = field(page, 'Username')
  await newcomer.see(name)
  if ((await name.inputValue()) === '') await newcomer.write(name, username)
  await newcomer.write(field(page, 'Password'), password)
  await newcomer.press(button(page, 'Log in'))
}

/** Presses a page of the navigation; on a phone it may be behind "More". */
export async function goTo(newcomer: Newcomer, title: string): Promise<void> {
  const page = newcomer.page()
  const link = page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: title, exact: true })
  const more = button(page, 'More')
  await newcomer.see(page.getByRole('navigation', { name: 'Pages' }).filter({ visible: true }))
  if (await link.filter({ visible: true }).isVisible()) return newcomer.press(link.filter({ visible: true }))
  await newcomer.press(more)
  await newcomer.press(page.getByRole('menuitem', { name: title }))
}
