import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { HardwareReplySchema } from '../../schemas/host/hardware.ts'

const hardwareRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/hardware',
    {
      config: { access: { permission: 'system.view' } },
      schema: {
        operationId: 'getHardware',
        tags: ['system'],
        summary: 'Hardware of this host',
        description:
          'Board, processors, memory modules, PCI and USB devices, GPUs, sensors, fans, power supplies and UPSs, without serial numbers. Read on demand: devices are at most a minute old, sensors five seconds. What only programs tell (names from lspci, modules from dmidecode, nvidia-smi, upsc) is read in the background after the first request, so ask again after some seconds.',
        response: { 200: HardwareReplySchema }
      }
    },
    async () => app.hardware.describe()
  )
}
export default hardwareRoutes
