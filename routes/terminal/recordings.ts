import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { actorOf } from '../../plugins/server/caller.ts'
import { MessageReplySchema } from '../../schemas/foundation/answer.ts'
import { RecordingFileSchema, RecordingParamsSchema, RecordingsReplySchema } from '../../schemas/terminal/recording.ts'

const watching = { access: { permission: 'terminal.watch', account: true } } as const

const recordingRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/recordings',
    {
      config: watching,
      schema: {
        operationId: 'listRecordings',
        tags: ['terminal'],
        summary: 'Recorded terminals of all users, newest first',
        description: 'Terminals are recorded if `MONITOR_TERMINAL_RECORD` is `on`: their output, not the input.',
        response: { 200: RecordingsReplySchema }
      }
    },
    async () => ({ success: true as const, recordings: await app.recordings.list() })
  )

  app.get(
    '/recordings/:id',
    {
      config: watching,
      schema: {
        operationId: 'getRecording',
        tags: ['terminal'],
        summary: 'Download a recording for playback',
        params: RecordingParamsSchema,
        response: { 200: RecordingFileSchema }
      }
    },
    async (request, reply) => {
      const { id } = request.params
      const { bytes, stream } = await app.recordings.open(id)
      app.auditLog.recordingPlayed({ ...actorOf(request), target: id })
      reply.headers({ 'content-length': bytes, 'content-disposition': `attachment; filename="${id}.cast"` })
      return reply.type('application/x-asciicast').send(stream)
    }
  )

  app.delete(
    '/recordings/:id',
    {
      config: { access: { permission: 'security.manage', account: true, scope: 'session' }, stepUp: true },
      schema: {
        operationId: 'deleteRecording',
        tags: ['terminal'],
        summary: 'Delete a recording',
        description: '409 while its terminal is open.',
        params: RecordingParamsSchema,
        response: { 200: MessageReplySchema }
      }
    },
    async (request) => {
      const { id } = request.params
      await app.recordings.remove(id)
      app.auditLog.recordingDeleted({ ...actorOf(request), target: id })
      return { success: true as const, message: 'recording deleted' }
    }
  )
}
export default recordingRoutes
