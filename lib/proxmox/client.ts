import { ok } from '../host/measurement.ts'
import { outputOf, type Run } from '../programs/program.ts'
import { parseResources } from './resources.ts'

/** Reads all resources of the cluster with one call of pvesh. */
export const createProxmox = ({ run }: { run: Run }) => ({
  async read() {
    const ending = await run(['get', '/cluster/resources', '--output-format', 'json'])
    return ok(parseResources(outputOf(ending, 'pvesh')))
  }
})
