import { type CommandResult, done } from '../../../command-line/result.ts'
import { rotateKey } from '../rotate-key.ts'
import { type PanelConfig, withPanel } from './with-panel.ts'

/** `rotate-key`: encrypts every secret with the first key of MONITOR_ENCRYPTION_KEY. */
export const rotatePanelKey = (config: PanelConfig): Promise<CommandResult> =>
  withPanel(config, async ({ database, keys }) => {
    const { secrets, renewed } = await rotateKey(database, keys)
    const others = secrets === renewed ? '' : `; ${secrets - renewed} had been encrypted with it before`
    return done(
      `${renewed} of ${secrets} secrets renewed with the first key of MONITOR_ENCRYPTION_KEY${others}.
The other keys can be removed from MONITOR_ENCRYPTION_KEY of each replica.`
    )
  })
