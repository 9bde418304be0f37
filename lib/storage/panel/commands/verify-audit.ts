import { describeVerdict } from '../../../audit/verify.ts'
import type { CommandResult } from '../../../command-line/result.ts'
import { verifyPanelAudit } from '../verify-audit.ts'
import { type PanelConfig, withPanel } from './with-panel.ts'

/** `audit verify`: the chain of each tenant, one line each. Code 1 if one is broken, 2 if PostgreSQL does not answer. */
export async function verifyPanelChains(config: PanelConfig): Promise<CommandResult> {
  try {
    return await withPanel(config, async ({ database }) => {
      const text = 'SELECT id, slug FROM tenants ORDER BY id'
      const tenants = await database.query<{ id: number; slug: string }>('all', text)
      const lines: string[] = []
      let isWhole = true
      for (const { id, slug } of tenants) {
        const verdict = await verifyPanelAudit(database, id)
        isWhole &&= verdict.isWhole
        lines.push(`audit: ${slug === '' ? 'operator' : `tenant ${slug}`}: ${describeVerdict(verdict)}`)
      }
      return { text: lines.join('\n'), code: isWhole ? 0 : 1 }
    })
  } catch (error) {
    return { text: `audit: ${(error as Error).message}`, code: 2 }
  }
}
