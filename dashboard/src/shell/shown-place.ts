import { usePlace } from '../router.ts'
import { useTenant } from '../session/panel.ts'

/** The parts of the address. A tenant has no overview: its dashboard starts with the account. */
export function useShownPlace(): string[] {
  const place = usePlace()
  const tenant = useTenant()
  return place.length === 0 && tenant ? ['security'] : place
}
