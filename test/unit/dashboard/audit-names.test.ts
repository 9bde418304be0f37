import fc from 'fast-check'
import t from 'tap'
import { describeTarget, describeUser, readable } from '../../../dashboard/src/pages/security/audit/audit-names.ts'
import { eventIcons, isFault } from '../../../dashboard/src/pages/security/audit/event-icons.ts'
import { audit as texts } from '../../../dashboard/src/texts/en/security/audit.ts'
import { auditEvents } from '../../../lib/audit/events.ts'
import { readable as daemons, escapeValue } from '../../../lib/audit/line.ts'
import { nameGuest, nameTerminal, nameToken } from '../../../lib/audit/targets.ts'
import { ACTOR } from '../../../lib/command-line/stores.ts'

t.test('the dashboard and `audit tail` show a value in the same way', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => readable(escapeValue(name)) === daemons(escapeValue(name)))
  )
  t.equal(readable(escapeValue('mary ann')), '"mary ann"')
  t.equal(readable(escapeValue('mary')), 'mary')
})

t.test('only the command line itself is shown as the command line', async (t) => {
  t.equal(describeUser({ user: escapeValue(ACTOR), ip: '-' }, texts), ACTOR)
  t.equal(describeUser({ user: escapeValue(ACTOR), ip: '192.0.2.1' }, texts), '"command line"')
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      (name) => describeUser({ user: escapeValue(name), ip: '::1' }, texts) !== ACTOR
    )
  )
})

t.test('no name ends a line or its quotes', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      const shown = readable(escapeValue(name))
      return !/[\p{C}\p{Zl}\p{Zp}]/u.test(shown) && !shown.replace(/^"(.*)"$/, '$1').includes('"')
    })
  )
  t.pass()
})

t.test('a target is named for people, in entries of older versions too', async (t) => {
  const shown = (event: string, target: string) => describeTarget({ event, target: escapeValue(target) }, texts)
  const id = 'aB3_-xYz01234567'
  t.same(shown('terminal_opened', nameTerminal({ id, target: 'shell', pid: 812 })), { name: 'Shell, PID 812', id })
  t.same(shown('terminal_closed', nameTerminal({ id, target: 'lxc:101', pid: 7 })), {
    name: 'Container 101, PID 7',
    id
  })
  t.same(shown('terminal_opened', id), { name: id })
  t.same(shown('guest_stopped', nameGuest({ vmid: 101, name: 'web' })), { name: 'web (101)' })
  t.same(shown('guest_stopped', nameGuest({ vmid: 101, name: null })), { name: '101' })
  t.same(shown('gateway_stopped', '110'), { name: 'Container 110' })
  t.same(shown('gateway_change_failed', 'update'), { name: 'update' })
  t.same(shown('token_minted', nameToken({ name: 'Home Assistant' })), { name: '"Home Assistant"' })
  t.same(shown('token_revoked', nameToken({ name: 'Grafana', user: 'ada' })), { name: '"Grafana of ada"' })
  t.same(shown('user_created', '101,web'), { name: '101,web' }, 'only what the daemon itself writes is read')
})

t.test('every event has an icon, and the ones for faults exist', async (t) => {
  t.same([...eventIcons.keys()].toSorted(), [...auditEvents.keys()].toSorted())
  t.same([...auditEvents.keys()].filter(isFault).length, 10)
  for (const event of [...auditEvents.keys()].filter((name) => name.endsWith('_failed'))) t.ok(isFault(event), event)
})
