import { execFileSync } from 'node:child_process'
import t from 'tap'
import { shellWord } from '../../../dashboard/src/data/shell-word.ts'

t.test('a name in a command to copy is one word of the shell, whatever it holds', async (t) => {
  t.equal(shellWord('/srv/backups'), '/srv/backups', 'plain names stay plain')
  for (const name of ['admin', '/srv', "Ada O'Hara", '$(id) `id` "x"; id', 'ä\\b\n*', ''])
    t.equal(execFileSync('sh', ['-c', `printf %s ${shellWord(name)}`], { encoding: 'utf8' }), name)
})
