import { type Alerts, createAlerts } from '../../../lib/alerts/alerts.ts'
import type { Letter, Outcome } from '../../../lib/alerts/types.ts'
import { createAlertStore } from '../../../lib/storage/alert-store.ts'
import { alertKinds, type Channel } from '../../../schemas/host/alerts.ts'
import { disk, healthOf, SECOND } from '../../alerts/rig.ts'
import { entriesOf } from '../../support/audit.ts'

export { disk, HOUR, healthOf, MINUTE, SECOND } from '../../alerts/rig.ts'

export const channelOf = (more: Partial<Channel> = {}): Channel => ({
  id: '0123456789abcdef',
  name: 'Phone',
  type: 'ntfy',
  settings: { url: 'http://10.0.0.1', topic: 'x' },
  is_enabled: true,
  min_severity: 'warning',
  kinds: [...alertKinds],
  quiet_hours: null,
  allows_local: false,
  ...more
})

const delivered: Outcome = { isDelivered: true, status: 200, reason: null }
export const failed: Outcome = { isDelivered: false, status: 500, reason: 'the server answered with status 500' }

/** Alerts on a clock that the test moves, a second a step, with a sender that notes. */
export function createRig(...channels: Channel[]) {
  const list = channels.length > 0 ? channels : [channelOf()]
  // 12:00 in the time zone of the host.
  let now = new Date(2026, 3, 24, 12).getTime()
  const sent: (Letter & { to: string; sentAt: number })[] = []
  const troubles: (string | null)[] = []
  let answer: (channel: Channel, letter: Letter) => Outcome | Promise<Outcome> = () => delivered
  let saves = 0
  let written = () => {}
  const records = createAlertStore({
    attach(tables) {
      written = tables.written
    },
    async save() {
      saves++
      written()
    }
  })
  const start = () =>
    createAlerts({
      records,
      channels: () => list,
      host: () => 'pve1',
      now: () => now,
      onTrouble: (_channel, reason) => troubles.push(reason),
      async send(channel, letter, signal) {
        const outcome = await answer(channel, letter)
        signal.throwIfAborted()
        sent.push({ ...letter, to: channel.name, sentAt: now })
        return outcome
      }
    })
  let alerts: Alerts = start()
  const settle = () => new Promise((resolve) => setImmediate(resolve))
  const rig = {
    list,
    sent,
    troubles,
    records,
    alerts: () => alerts,
    saves: () => saves,
    answer: (next: typeof answer) => (answer = next),
    deliver: () => (answer = () => delivered),
    setClock: (ms: number) => (now = ms),
    now: () => now,
    observe: (...checks: ReturnType<typeof disk>[]) => alerts.observe(healthOf(...checks)),
    happen: (tell: Parameters<typeof entriesOf>[0]) => {
      for (const entry of entriesOf(tell, now)) alerts.happened(entry)
    },
    async pass(ms: number, stepMs = SECOND) {
      for (let left = ms; left > 0; left -= stepMs) {
        now += Math.min(stepMs, left)
        alerts.tick()
        await settle()
      }
    },
    /** Another process with the same file. */
    restart() {
      alerts = start()
    },
    titles: () => sent.map(({ title }) => title),
    lines: () => sent.flatMap(({ lines }) => lines.map(({ text }) => text)),
    /** Ten minutes, after which measurements are complete. */
    async warmUp() {
      rig.observe(disk('healthy'))
      await rig.pass(601 * SECOND, 10 * SECOND)
    }
  }
  return rig
}
