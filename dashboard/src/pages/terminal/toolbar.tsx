import { hrefOf } from '../../router.ts'
import { useMay } from '../../session/use-session.ts'
import { t } from '../../texts/index.ts'
import { IconButton } from '../../ui/button.tsx'
import {
  copyIcon,
  ellipsisVerticalIcon,
  eyeIcon,
  grid2x2Icon,
  historyIcon,
  keyboardIcon,
  maximizeIcon,
  minimizeIcon,
  monitorIcon,
  panelsTopLeftIcon,
  scrollTextIcon,
  searchIcon,
  zoomInIcon,
  zoomOutIcon
} from '../../ui/icon-shapes.ts'
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx'
import { NewTerminal } from './new-terminal.tsx'
import { setPreferences, usePreferences } from './preferences.ts'
import type { TerminalTab } from './terminal-tab.ts'
import { copyScreen, copySelection, focusUnlessTouch } from './workspace.ts'

export type ToolbarDialog = 'others' | 'paste' | 'help'

export interface ToolbarProps {
  active: TerminalTab | null
  isMaximized: boolean
  onMaximize(): void
  onSearch(): void
  onDialog(dialog: ToolbarDialog): void
}

/** Pastes the clipboard if the browser permits it. Otherwise opens the paste dialog. */
async function paste(tab: TerminalTab, onDialog: ToolbarProps['onDialog']): Promise<void> {
  try {
    const text = await navigator.clipboard.readText()
    tab.emulator.terminal.paste(text)
    tab.emulator.focus()
  } catch {
    onDialog('paste')
  }
}

/** Acts, then lets the user type on: the keys that follow are meant for the shell. */
const thenType = (act: () => void) => () => {
  act()
  focusUnlessTouch()
}

export function Toolbar({ active, isMaximized, onMaximize, onSearch, onDialog }: ToolbarProps) {
  const { fontSize, isForScreenReaders, layout } = usePreferences()
  const mayWatch = useMay('terminal.watch')
  const isGrid = layout === 'grid'
  const text = t.terminal
  return (
    <div className="flex shrink-0 items-center">
      <NewTerminal isIcon />
      <IconButton
        icon={isGrid ? panelsTopLeftIcon : grid2x2Icon}
        label={isGrid ? text.tabs : text.grid}
        className="max-sm:hidden"
        onClick={thenType(() => setPreferences({ layout: isGrid ? 'tabs' : 'grid' }))}
      />
      <IconButton icon={searchIcon} label={text.search} className="max-sm:hidden" onClick={thenType(onSearch)} />
      <IconButton
        icon={isMaximized ? minimizeIcon : maximizeIcon}
        label={isMaximized ? text.restore : text.maximize}
        className="max-sm:hidden"
        onClick={thenType(onMaximize)}
      />
      <Menu trigger={<IconButton icon={ellipsisVerticalIcon} label={text.more} />} onFocusBack={focusUnlessTouch}>
        <MenuItem
          icon={copyIcon}
          isDisabled={!active}
          onSelect={() => active && void (active.hasSelection ? copySelection(active) : copyScreen(active))}
        >
          {active?.hasSelection ? text.copy : text.copyScreen}
        </MenuItem>
        <MenuItem
          icon={scrollTextIcon}
          isDisabled={!active || active.watchedUser !== null}
          onSelect={() => active && void paste(active, onDialog)}
        >
          {text.paste}
        </MenuItem>
        <MenuItem icon={searchIcon} onSelect={onSearch}>
          {text.search}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={zoomInIcon} onSelect={() => setPreferences({ fontSize: fontSize + 1 })}>
          {text.larger}
        </MenuItem>
        <MenuItem icon={zoomOutIcon} onSelect={() => setPreferences({ fontSize: fontSize - 1 })}>
          {text.smaller}
        </MenuItem>
        <MenuItem icon={eyeIcon} onSelect={() => setPreferences({ isForScreenReaders: !isForScreenReaders })}>
          {isForScreenReaders ? text.readerOn : text.readerOff}
        </MenuItem>
        <MenuItem icon={keyboardIcon} onSelect={() => onDialog('help')}>
          {text.help}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={monitorIcon} onSelect={() => onDialog('others')}>
          {text.others}
        </MenuItem>
        {mayWatch && (
          <MenuItem icon={historyIcon} href={hrefOf('terminal', 'recordings')}>
            {text.recordings}
          </MenuItem>
        )}
      </Menu>
    </div>
  )
}
