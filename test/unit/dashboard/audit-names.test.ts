import fc from 'fast-check'
import t from 'tap'
import { describeUser, readable } from '../../../dashboard/src/pages/security/audit/audit-names.ts'
import { readable as daemons, escapeValue } from '../../../lib/audit/line.ts'
import { ACTOR } from '../../../lib/command-line/stores.ts'

t.test('the dashboard and `audit tail` show a value in the same way', async (t) => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (name) => readable(escapeValue(name)) === daemons(escapeValue(name)))
  )
  t.equal(readable(escapeValue('mary ann')), '"mary ann"')
  t.equal(readable(escapeValue('mary')), 'mary')
})

t.test('only the command line itself is shown as the command line', async (t) => {
  t.equal(describeUser({ user: escapeValue(ACTOR), ip: '-' }), ACTOR)
  t.equal(describeUser({ user: escapeValue(ACTOR), ip: '192.0.2.1' }), '"command line"')
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      (name) => describeUser({ user: escapeValue(name), ip: '::1' }) !== ACTOR
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
