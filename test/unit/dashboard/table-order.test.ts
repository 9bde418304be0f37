import t from 'tap'
import { nextOrder, sortRows } from '../../../dashboard/src/ui/table-order.ts'

t.test('clicks lead from the useful direction to the other one and back to no order', async (t) => {
  const first = nextOrder(null, 'size', true)
  t.same(first, { key: 'size', isDescending: true }, 'the largest number first')
  t.same(nextOrder(first, 'size', true), { key: 'size', isDescending: false })
  t.equal(nextOrder({ key: 'size', isDescending: false }, 'size', true), null)
  t.same(nextOrder(first, 'name', false), { key: 'name', isDescending: false }, 'a text from A')
})

t.test('rows without a value are last in both directions, and equal ones keep their order', async (t) => {
  const rows = [
    { id: 'a', n: null },
    { id: 'b', n: 2 },
    { id: 'c', n: 10 },
    { id: 'd', n: 2 }
  ]
  const ids = (isDescending: boolean) =>
    sortRows(rows, ({ n }) => n, { key: 'n', isDescending })
      .map(({ id }) => id)
      .join('')
  t.equal(ids(false), 'bdca')
  t.equal(ids(true), 'cbda')
  const names = sortRows(['eno10', 'eno2'], (name) => name, { key: 'name', isDescending: false })
  t.same(names, ['eno2', 'eno10'])
  t.equal(sortRows(rows, undefined, { key: 'n', isDescending: false }), rows)
})
