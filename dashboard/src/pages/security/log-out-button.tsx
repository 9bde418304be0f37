import { logOut } from '../../shell/log-out.ts'
import { t } from '../../texts/index.ts'
import { Button } from '../../ui/button.tsx'
import { logOutIcon } from '../../ui/icon-shapes.ts'

export function LogOutButton() {
  return (
    <Button size="small" icon={logOutIcon} onClick={() => void logOut()}>
      {t.shell.logOut}
    </Button>
  )
}
