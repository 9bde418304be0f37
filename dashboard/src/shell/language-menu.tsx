import { t } from '../texts/index.ts'
import { chooseLanguage, type LanguageChoice, languageChoice, languages } from '../texts/language.ts'
import { Button, IconButton } from '../ui/button.tsx'
import { languagesIcon } from '../ui/icon-shapes.ts'
import { Menu, MenuChoice } from '../ui/menu.tsx'

const options = [
  { value: 'system' as const, label: t.language.system },
  ...languages.map((value) => ({ value, label: t.language.names[value], lang: value }))
]
const chosen = options.find(({ value }) => value === languageChoice)!

/** The languages as items of a menu. */
export function LanguageChoices() {
  return (
    <MenuChoice<LanguageChoice>
      label={t.language.label}
      value={languageChoice}
      onChange={chooseLanguage}
      options={options}
    />
  )
}

/** For a header without the account menu. */
export function LanguageMenu() {
  return (
    <Menu trigger={<IconButton icon={languagesIcon} label={t.language.label} />}>
      <LanguageChoices />
    </Menu>
  )
}

/** The choice among other settings. A menu, because the page loads again: the arrow keys alone choose nothing there. */
export function LanguageSetting() {
  return (
    <Menu
      trigger={
        <Button icon={languagesIcon} aria-label={`${t.language.label}: ${chosen.label}`}>
          {chosen.label}
        </Button>
      }
    >
      <LanguageChoices />
    </Menu>
  )
}
