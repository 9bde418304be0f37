import { button, field } from '../dashboard/screens.ts'
import { PASSWORD } from '../support/app.ts'
import type { Newcomer } from './recorder.ts'

/** Types into the fields that are not filled yet, and logs in. */
export async function logIn(newcomer: Newcomer, { username = 'admin', password = PASSWORD } = {}): Promise<void> {
  const { page } = newcomer
  const name = field(page, 'Username')
  await newcomer.see(name)
  if ((await name.inputValue()) === '') await newcomer.write(name, username)
  await newcomer.write(field(page, 'Password'), password)
  await newcomer.press(button(page, 'Log in'))
}

/** Presses a page of the navigation; on a phone it may be behind "More". */
export async function goTo(newcomer: Newcomer, title: string): Promise<void> {
  const navigation = newcomer.page.getByRole('navigation', { name: 'Pages' }).filter({ visible: true })
  await navigation.waitFor()
  const link = navigation.getByRole('link', { name: title, exact: true })
  if (!newcomer.isPhone || (await link.isVisible())) return newcomer.press(link)
  await newcomer.press(navigation.getByRole('button', { name: 'More' }))
  await newcomer.press(newcomer.page.getByRole('menuitem', { name: title }))
}
