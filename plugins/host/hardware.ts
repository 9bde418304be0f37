import fp from 'fastify-plugin'
import {
  createHardwareSources,
  type HardwareOptions,
  type HardwareSamples,
  INVENTORY_MAX_AGE_MS,
  SENSORS_MAX_AGE_MS
} from '../../lib/host/hardware/sources.ts'
import type { HardwareReply } from '../../schemas/host/hardware.ts'

declare module 'fastify' {
  interface FastifyInstance {
    hardware: {
      /** Reads files that were read too long ago. What programs tell is read in the background, for the next call. */
      sample(): Promise<HardwareSamples>
      describe(): Promise<HardwareReply>
    }
  }
}

export interface HardwarePluginOptions {
  programs?: HardwareOptions['programs']
  hardware?: Pick<HardwareOptions, 'sysDir' | 'procDir'>
}

/** The hardware of this host. Nothing of it is read or loaded before the first request. */
export default fp<HardwarePluginOptions>(
  async (app, { programs, hardware }) => {
    const { sources, close } = createHardwareSources(app.sampling, app.sampling.share, { programs, ...hardware })

    const sample = async (): Promise<HardwareSamples> => {
      // In this order: the sensors of GPUs are found by the PCI devices.
      const inventory = await sources.inventory.fresh(INVENTORY_MAX_AGE_MS)
      const sensors = await sources.sensors.fresh(SENSORS_MAX_AGE_MS)
      const { pciNames, memoryModules, nvidia, ups } = sources
      return {
        inventory,
        sensors,
        pciNames: pciNames.want(),
        memoryModules: memoryModules.want(),
        nvidia: nvidia.want(),
        ups: ups.want()
      }
    }
    app.decorate('hardware', {
      sample,
      async describe() {
        const { describeHardware } = await import('../../lib/host/hardware/describe.ts')
        return describeHardware(await sample(), app.vitals.latest().topology, app.clock())
      }
    })
    app.addHook('onClose', close)
  },
  { name: 'hardware', dependencies: ['clock', 'sampling', 'vitals'] }
)
