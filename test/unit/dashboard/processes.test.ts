import t from 'tap'
import { detailOf, rowsOf } from '../../../dashboard/src/pages/processes/rows.ts'
import { partsOf, readView, type Sort, sortedBy } from '../../../dashboard/src/pages/processes/view.ts'
import type { Process } from '../../../dashboard/src/parts/processes/process.ts'

const processOf = (pid: number, ppid: number | null, more: Partial<Process> = {}) =>
  ({
    pid,
    ppid,
    name: `p${pid}`,
    command: `p${pid}`,
    cmdline: `/usr/bin/p${pid} -x`,
    script: null,
    user: 'root',
    state: 'S',
    cpu: 0,
    rss: 0,
    read_bytes_per_second: 0,
    write_bytes_per_second: 0,
    ...more
  }) as Process

const all = [
  processOf(1, 0, { name: 'systemd', rss: 30 }),
  processOf(2, 0, { name: '[kthreadd]', cpu: 1 }),
  processOf(10, 1, { cpu: 5, rss: 10, user: 'www-data' }),
  processOf(9, 1, { cpu: 50, rss: null, state: 'R' }),
  processOf(11, 9, { cpu: 70, state: 'D', write_bytes_per_second: 9 }),
  processOf(12, 777, { cpu: null, read_bytes_per_second: null, write_bytes_per_second: null })
]
const pids = (...parts: string[]) => rowsOf(all, '', readView(parts)).rows.map(({ process }) => process.pid)

t.test('each column sorts in both directions, and processes without a value come last', async (t) => {
  t.same(pids('cpu'), [11, 9, 10, 2, 1, 12])
  t.same(pids('cpu', 'ascending'), [1, 2, 10, 9, 11, 12])
  t.same(pids('pid'), [1, 2, 9, 10, 11, 12])
  t.same(pids('pid', 'descending'), [12, 11, 10, 9, 2, 1])
  t.same(pids('name'), [2, 9, 10, 11, 12, 1], 'numbers in names count as numbers')
  t.same(pids('memory'), [1, 10, 2, 11, 12, 9])
  t.same(pids('io'), [11, 1, 2, 9, 10, 12])
  t.same(pids('user', 'descending').at(0), 10)
  t.same(pids('state').slice(0, 2), [9, 11], 'running, then waiting for a disk')
})

t.test('the limit and the filter, and the number that match', async (t) => {
  const same = { name: 'job', command: 'job' }
  const sixty = Array.from({ length: 60 }, (_, i) => processOf(i + 1, 0, { ...same, cmdline: i < 30 ? 'worker' : '' }))
  t.match(rowsOf(sixty, '', readView(['pid', '25'])), { rows: { length: 25 }, matching: 60 })
  t.match(rowsOf(sixty, '', readView(['pid', 'all'])), { rows: { length: 60 }, matching: 60 })
  t.match(rowsOf(sixty, ' WORKER ', readView(['pid', '25'])), { rows: { length: 25 }, matching: 30 })
  t.same(
    rowsOf(sixty, '7', readView([])).rows.map(({ process }) => process.pid),
    [7],
    'a number that is a PID'
  )
})

t.test(
  'the tree lists each process below its parent, sorts siblings, and keeps the ancestors of matches',
  async (t) => {
    const tree = (filter: string, ...parts: string[]) =>
      rowsOf(all, filter, readView([...parts, 'tree'])).rows.map(({ process, depth, isContext }) => [
        process.pid,
        depth,
        isContext
      ])
    t.same(tree('', 'cpu'), [
      [2, 0, false],
      [1, 0, false],
      [9, 1, false],
      [11, 2, false],
      [10, 1, false],
      [12, 0, false]
    ])
    t.same(tree('p11'), [
      [1, 0, true],
      [9, 1, true],
      [11, 2, false]
    ])
  }
)

t.test('a tree keeps processes whose parents form a circle out of harm, and takes any depth', async (t) => {
  const deep = Array.from({ length: 20_000 }, (_, i) => processOf(i + 1, i))
  const { rows } = rowsOf(deep, '', readView(['pid', 'all', 'tree']))
  t.match(rows.at(-1), { depth: 19_999 })
  const circle = [processOf(1, 2), processOf(2, 1), processOf(3, 3)]
  t.same(rowsOf(circle, '', readView(['all', 'tree'])).rows.length, 3, 'a scan is not of one moment')
})

t.test('the URL holds the view, and a click on a heading turns the order', async (t) => {
  for (const parts of [
    ['cpu', '50'],
    ['memory', '100', 'ascending', 'tree'],
    ['name', 'all', 'descending']
  ])
    t.same(partsOf(readView(parts)), parts)
  t.same(partsOf(readView(['nonsense', '-1', ''])), ['cpu', '50'])
  const clicked = (sort: Sort, ...parts: string[]) => partsOf(sortedBy(readView(parts), sort))
  t.same(clicked('memory', 'cpu', '500', 'tree'), ['memory', '500', 'tree'])
  t.same(clicked('memory', 'memory', '500'), ['memory', '500', 'ascending'])
  t.same(clicked('memory', 'memory', '500', 'ascending'), ['memory', '500'])
  t.same(clicked('name', 'memory', '500', 'ascending'), ['name', '500'])
})

t.test('an interpreter shows its script first, also where the command line was cut before it', async (t) => {
  t.equal(detailOf(processOf(5, 1)), '/usr/bin/p5 -x')
  const python = { cmdline: '/usr/bin/python3 -Es /usr/sbin/x start', script: '/usr/sbin/x' }
  t.equal(detailOf(processOf(5, 1, python)), '/usr/sbin/x start')
  t.equal(detailOf(processOf(5, 1, { ...python, cmdline: '/usr/bin/python3 -Es …' })), '/usr/sbin/x')
})
