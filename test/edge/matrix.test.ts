import t from 'tap'
import { temporaryFolder } from '../support/app.ts'
import { missing as missingOpenssl } from '../support/certificates.ts'
import { type Column, cells } from './cells.ts'
import { startMatrix } from './matrix.ts'
import { missing } from './programs.ts'

const skip =
  missing('/usr/sbin/nginx', 'nginx-light') ||
  missing('/usr/bin/caddy', 'caddy') ||
  missing('/usr/sbin/haproxy', 'haproxy') ||
  missingOpenssl

t.setTimeout(300_000)

t.test('every path to the daemon through the shipped files behaves as the contract says', { skip }, async (t) => {
  const rows = await startMatrix(t, await temporaryFolder(t))
  t.equal(rows.length, 12)
  for (const { way, cells: results } of rows) {
    for (const column of Object.keys(cells) as Column[]) {
      const fault = await results[column]
      t.equal(fault, null, `${way.name} ${way.scheme}: ${column}`, fault === null ? {} : { output: way.output() })
    }
  }
})
