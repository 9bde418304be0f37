import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fp from 'fastify-plugin'
import { AppError } from '../../lib/api/errors.ts'
import type { RecordedTerminal } from '../../lib/terminal/asciicast.ts'
import type { Recording } from '../../lib/terminal/recording.ts'
import type { RecordingKeeper } from '../../lib/terminal/recording-keeper.ts'

declare module 'fastify' {
  interface FastifyInstance {
    recordings: Pick<RecordingKeeper, 'list'> & {
      /** Starts recording a terminal, under the terminal's id; null if terminals are not recorded. */
      start(about: RecordedTerminal): Recording | null
      open(id: string): Promise<NonNullable<Awaited<ReturnType<RecordingKeeper['open']>>>>
      remove(id: string): Promise<void>
      /** Present faults, for health. */
      faults(): string[]
    }
  }
}

const CLEAN_EVERY_MS = 3_600_000
const notFound = () => new AppError('NOT_FOUND', { message: 'there is no such recording' })

/** Recordings of terminals, if enabled. Earlier recordings stay available while recording is off. */
export default fp(
  async (app) => {
    const { stateDir, terminalRecord, terminalRecordMb, terminalRecordDays } = app.config
    const folder = join(stateDir, 'terminal-recordings')
    const create = async () => {
      const { createRecordingKeeper } = await import('../../lib/terminal/recording-keeper.ts')
      return createRecordingKeeper({
        folder,
        now: app.clock,
        maxBytes: terminalRecordMb * 1024 * 1024,
        maxAgeMs: terminalRecordDays * 86_400_000,
        onFault: (err, id) =>
          app.log.warn(
            { err, id },
            id ? 'a recording has ended: it cannot be written' : 'recordings cannot be removed'
          ),
        onRemoved: (ids) => app.log.info({ ids }, 'old recordings were removed')
      })
    }
    let loading: Promise<RecordingKeeper> | undefined
    const load = () => {
      loading ??= create()
      return loading
    }

    const keeper = terminalRecord === 'on' ? await load() : null
    await keeper?.prepare().catch((err) => app.log.error({ err }, 'the recordings folder cannot be created'))
    app.decorate('recordings', {
      start: (about) => keeper?.start(about) ?? null,
      list: async () => (await load()).list(),
      async open(id) {
        const found = await (await load()).open(id)
        if (!found) throw notFound()
        return found
      },
      async remove(id) {
        const { isRunning, remove } = await load()
        if (isRunning(id)) throw new AppError('CONFLICT', { message: 'its terminal is still open' })
        if (!(await remove(id))) throw notFound()
      },
      faults: () => (keeper?.isFaulty() ? ['Terminal recordings cannot be written'] : [])
    })

    const cleanUp = async () => {
      if (existsSync(folder)) await (await load()).cleanUp()
    }
    const cleaning = setInterval(cleanUp, CLEAN_EVERY_MS).unref()
    app.addHook('onReady', async () => void cleanUp())
    app.addHook('onClose', async () => {
      clearInterval(cleaning)
      await (await loading)?.close()
    })
  },
  { name: 'recordings', dependencies: ['clock', 'config'] }
)
