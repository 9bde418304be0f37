import t from 'tap'
import { parseAuxiliaryVector } from '../../../lib/processes/kernel-units.ts'
import { parseNames } from '../../../lib/processes/names.ts'
import { readProgram } from '../../../lib/processes/program.ts'
import { formatCommandLine, parseProcessIo, parseProcessStat } from '../../../lib/processes/stat.ts'
import { parseCgroup, parseLimits, parseStatusNumbers } from '../../../lib/processes/status.ts'
import { statLine } from '../../processes/fixture.ts'

t.test('a name may contain spaces, parentheses and line ends', async (t) => {
  for (const name of ['sh', 'a b', ') R 1 (', '((sd-pam))', 'tab\tline\nend', '', 'ünï', ')']) {
    const stat = parseProcessStat(statLine({ pid: 42, name, ticks: 7, startTicks: 99, rss: 5 }))
    t.match(stat, { pid: 42, name, state: 'S', ppid: 1, ticks: 7, startTicks: 99, rss: 5, nice: -5, threads: 3 }, name)
  }
})

t.test('kernel threads are recognised by their flag, not by their name', async (t) => {
  t.equal(parseProcessStat(statLine({ pid: 2, name: 'kthreadd', flags: 0x0020_8040 }))?.isKernelThread, true)
  t.equal(parseProcessStat(statLine({ pid: 3, name: 'kworker/0:1' }))?.isKernelThread, false)
})

t.test('an incomplete line is not parsed as a process', async (t) => {
  const whole = statLine({ pid: 42, name: 'sh' })
  const garbage = [
    '',
    '42',
    '42 (sh',
    '42 (sh)',
    '42 (sh) S',
    ') (',
    whole.slice(0, 30),
    whole.replace('42', 'x'),
    '\0'.repeat(99)
  ]
  for (const text of garbage) t.equal(parseProcessStat(text), null, text)
})

t.test('command lines are joined to one line, cut, and replaced by the bracketed name if empty', async (t) => {
  t.equal(formatCommandLine('sh\0-c\0echo\na\0', 'sh', 100), 'sh -c echo a')
  t.equal(formatCommandLine('', 'kworker/0:1', 100), '[kworker/0:1]')
  t.equal(formatCommandLine('\0\0', 'x', 100), '[x]')
  t.equal(formatCommandLine('abcdef', 'x', 4), 'abc…')
})

t.test('a program is named by its first argument, without its folder and its title', async (t) => {
  const names: [string, string | null][] = [
    ['/usr/lib/systemd/systemd-journald\0', 'systemd-journald'],
    ['sleep\0infinity\0', 'sleep'],
    ['-bash\0', 'bash'],
    ['sshd: root@pts/0\0\0\0', 'sshd'],
    ['sshd: /usr/sbin/sshd -D [listener] 0 of 10-100 startups\0', 'sshd'],
    ['postgres: 15/main: checkpointer \0', 'postgres'],
    ['pvedaemon worker\0', 'pvedaemon worker'],
    ['/usr/lib/chromium/chromium --type=renderer --lang=en\0', 'chromium'],
    ['/opt/My App/server\0--port\0', 'server'],
    ['/usr/bin/redis-server 127.0.0.1:6379\0', 'redis-server'],
    ['/usr/bin/redis-server unixsocket:/run/redis/redis.sock\0', 'redis-server'],
    ['(sd-pam)\0', '(sd-pam)'],
    ['', null],
    ['\0\0', null],
    ['\0-x\0', null],
    ['/opt/\0', null],
    ['[kworker/0:1]\0', null],
    ['a\nb\u202ec\0', 'a b c'],
    [`/opt/${'n'.repeat(70)}\0`, `${'n'.repeat(63)}…`]
  ]
  for (const [raw, name] of names) t.equal(readProgram(raw).name, name, JSON.stringify(raw))
})

t.test('an interpreter has a script, unless its code is an argument or comes from a pipe', async (t) => {
  const scripts: [string, string | null][] = [
    ['/usr/bin/python3 /usr/bin/fail2ban-server -xf start', '/usr/bin/fail2ban-server'],
    ['/usr/bin/python3 -Es /usr/sbin/x', '/usr/sbin/x'],
    ['python3.11 -W ignore -m http.server 80', 'http.server'],
    ['python3 -um http.server', 'http.server'],
    ['python3 -Xtracemalloc app.py', 'app.py'],
    ['python3 -c import(x) a', null],
    ['python3 -', null],
    ['python3', null],
    ['node --inspect=0 -r ./hook.js server.ts --port 1', 'server.ts'],
    ['/opt/node/bin/node -e x y', null],
    ['perl -wT /usr/bin/pvestatd start', '/usr/bin/pvestatd'],
    ['ruby -I lib app.rb', 'app.rb'],
    ['php8.2 -f page.php', 'page.php'],
    ['/bin/sh /usr/sbin/service x', '/usr/sbin/service'],
    ['-bash', null],
    ['bash -lc true', null],
    ['bash -o pipefail run.sh', 'run.sh'],
    ['java -Xmx1g -cp a.jar:b.jar org.example.Main x', 'org.example.Main'],
    ['java -jar server.jar', 'server.jar'],
    ['sh -- -odd.sh', '-odd.sh'],
    [
      'java --add-opens java.base/java.lang=ALL-UNNAMED -jar /usr/lib/unifi/lib/ace.jar start',
      '/usr/lib/unifi/lib/ace.jar'
    ],
    ['bash -euo pipefail run.sh', 'run.sh'],
    ['bash -euo pipefail -c true', null],
    ['python3 -mhttp.server 8000', 'http.server'],
    ['node --inspect-port 9229 app.js', 'app.js'],
    ['php --run echo', null],
    ['sshd -D', null]
  ]
  for (const [line, script] of scripts) t.equal(readProgram(`${line.replaceAll(' ', '\0')}\0`).script, script, line)
  t.equal(readProgram('java\0-cp\0a.jar\0org.exa').script, null, 'a name that was cut off is none')
})

t.test('a long run of spaces in an argument is read in linear time: quadratic time would not end', async (t) => {
  t.equal(readProgram(`a${' '.repeat(2_000_000)}b\0`).name, `a${' '.repeat(62)}…`)
})

t.test('io, status, limits and control groups in the kernel’s format', async (t) => {
  const io = 'rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 4096\nwrite_bytes: 8192\ncancelled_write_bytes: 0\n'
  t.same(parseProcessIo(io), { readBytes: 4096, writeBytes: 8192 })
  t.same(parseProcessIo('rchar: 1\n'), { readBytes: null, writeBytes: null })
  const status = 'Name:\tx\nTgid:\t7\nUid:\t0\t33\t33\t33\nGid:\t5\nVmRSS:\t    1234 kB\nvoluntary_ctxt_switches:\t9\n'
  t.match(parseStatusNumbers(status), { Tgid: 7, Uid: 33, Gid: 5, VmRSS: 1234, voluntary_ctxt_switches: 9 })
  t.same(
    parseLimits(
      'Limit                     Soft Limit           Hard Limit           Units     \nMax open files            1024                 unlimited            files     \nMax nice priority         0                    0                    \n'
    ),
    [
      { name: 'Max open files', soft: 1024, hard: null, units: 'files' },
      { name: 'Max nice priority', soft: 0, hard: 0, units: null }
    ]
  )
  t.equal(parseCgroup('0::/system.slice/ssh.service\n'), '/system.slice/ssh.service')
  t.equal(parseCgroup('12:cpu,cpuacct:/lxc/100\n1:name=systemd:/x\n'), '/lxc/100')
  t.equal(parseCgroup('garbage'), null)
})

t.test('users from passwd: the first of a UID counts, and other lines are skipped', async (t) => {
  const names = parseNames('root:x:0:0:root:/root:/bin/sh\ntoor:x:0:0::/:\n+nis\nbad:x:-1\nwww-data:x:33:33::/:\n')
  t.same(
    [...names],
    [
      [0, 'root'],
      [33, 'www-data']
    ]
  )
})

t.test('units from the auxiliary vector, with defaults if it has none', async (t) => {
  const vector = Buffer.alloc(48)
  vector.writeBigUInt64LE(6n, 0)
  vector.writeBigUInt64LE(65_536n, 8)
  vector.writeBigUInt64LE(17n, 16)
  vector.writeBigUInt64LE(250n, 24)
  t.same(parseAuxiliaryVector(vector), { clockTicks: 250, pageSize: 65_536 })
  t.same(parseAuxiliaryVector(Buffer.from('cut')), { clockTicks: 100, pageSize: 4096 })
})
