import fc from 'fast-check'
import t from 'tap'
import { nameTerminal, readFolder, readTitle } from '../../../dashboard/src/terminal/title.ts'

t.test('a title is one line of visible text, whatever a program sends', async (t) => {
  t.equal(readTitle('root@pve1: ~'), 'root@pve1: ~')
  t.equal(readTitle('  a\n\tb\u2028c\u00a0d '), 'a b c d')
  t.equal(readTitle('safe\u202etxt.exe\u2066\u200f'), 'safetxt.exe', 'no change of direction')
  t.equal(readTitle('a\u200bb\ufeffc\u00add\ue000'), 'abcd', 'nothing without a width or a meaning')
  t.equal(readTitle(`z${'\u0336'.repeat(50)}`).length, 3, 'no tower of marks')
  t.equal(readTitle('x'.repeat(80)), 'x'.repeat(80))
  t.equal(readTitle('x'.repeat(81)), `${'x'.repeat(79)}…`)
  t.equal([...readTitle('😀'.repeat(200))].length, 80, 'no half of a character')
  t.equal(readTitle('<b>&amp;</b>'), '<b>&amp;</b>', 'shown as it is')
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2000 }), (text) => {
      const title = readTitle(text)
      return !/[\p{C}\p{Zl}\p{Zp}]/u.test(title) && [...title].length <= 80 && title === title.trim()
    })
  )
})

t.test('a title has no number that looks like the number of a terminal', async (t) => {
  for (const text of ['2', ' 2 ', '[2]', '2:', '2 3', '٢', '②', '', '…']) t.equal(readTitle(text), '', text)
  for (const text of ['2: htop', '[2] htop', '2. htop', '(12) htop']) t.equal(readTitle(text), 'htop', text)
  t.equal(readTitle('2 jobs'), '2 jobs')
  t.equal(readTitle('12:30 backup'), '12:30 backup')
  t.equal(readTitle('~'), '~')
})

t.test('a folder comes from a file address only', async (t) => {
  t.equal(readFolder('file://pve1/root/work'), '/root/work')
  t.equal(readFolder('file:///'), '/')
  t.equal(readFolder('file://pve1/srv/my%20files/%C3%A4'), '/srv/my files/ä')
  t.equal(readFolder('file://pve1/a%0Ab%E2%80%AEc'), '/a bc')
  t.equal(readFolder(`file://h/${'x'.repeat(5000)}`)!.length, 200)
  for (const text of ['', '/root', 'https://pve1/root', 'file://pve1', 'file:/root', 'file://pve1/%zz', 'javascript:x'])
    t.equal(readFolder(text), null, text)
})

t.test('a terminal is named by its program and its folder', async (t) => {
  const name = (title: string, folder: string) => nameTerminal({ title, folder }, 'Shell', false)
  t.equal(name('', ''), 'Shell')
  t.equal(name('htop', ''), 'htop')
  t.equal(name('', '/root/work'), 'Shell · work')
  t.equal(name('', '/'), 'Shell · /')
  t.equal(name('vim', '/root/work/'), 'vim · work')
  t.equal(name('root@pve1: ~/work', '/root/work'), 'root@pve1: ~/work', 'not twice')
})

t.test('a container cannot take the name of the host', async (t) => {
  const name = (title: string, folder = '') => nameTerminal({ title, folder }, 'Container 101', true)
  t.equal(name('root@pve1: ~'), 'Container 101 · root@pve1: ~')
  t.equal(name('Container 102'), 'Container 101 · Container 102')
  t.equal(name('', '/srv'), 'Container 101 · srv')
  t.equal(name(''), 'Container 101')
})
