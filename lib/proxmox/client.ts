import { ok } from '../host/measurement.ts'
import { outputOf, type Run } from '../programs/program.ts'
import { parseResources } from './resources.ts'

/** Asks Proxmox VE by its own program, one call for all there is in the cluster. */
export const createProxmox = ({ run }: { run: Run }) => ({
  async read() {
    const ending = await run(['get', '/cluster/resources', '--output-format', 'json'])
    return ok(parseResources(outputOf(ending, 'pvesh')))
  }
})
