import { t } from '../texts/index.ts'
import { IconButton } from '../ui/button.tsx'
import { moonIcon, sunIcon, sunMoonIcon } from '../ui/icon-shapes.ts'
import { Menu, MenuChoice } from '../ui/menu.tsx'
import { setTheme, type Theme, useTheme } from './theme.ts'

const icons = { system: sunMoonIcon, light: sunIcon, dark: moonIcon }
const options = (['system', 'light', 'dark'] as const).map((value) => ({
  value,
  label: t.theme[value],
  icon: icons[value]
}))

export function ThemeMenu() {
  const theme = useTheme()
  return (
    <Menu trigger={<IconButton icon={icons[theme]} label={t.theme.label} />}>
      <MenuChoice<Theme> label={t.theme.label} value={theme} onChange={setTheme} options={options} />
    </Menu>
  )
}
