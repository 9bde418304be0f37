import t from 'tap'
import { describeTable } from '../../../lib/command-line/table.ts'

t.test('columns are as wide as their widest cell', async (t) => {
  const text = describeTable(
    ['ID', 'USER'],
    [
      ['1', 'admin'],
      ['20', 'eve']
    ]
  )
  t.equal(text, 'ID  USER\n1   admin\n20  eve')
})

t.test('no cell can control the terminal, start a line, or change the direction of the text', async (t) => {
  const text = describeTable(['USER', 'CLIENT'], [['a\u001b[2Jb', 'c\nd\u009b1m\u202e\u2028']])
  t.equal(text, 'USER    CLIENT\na?[2Jb  c?d?1m??')
})
