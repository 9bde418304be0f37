import { root } from '../../api/place.ts'
import { texts } from '../../texts/connection.ts'
import { Badge } from '../../ui/badge.tsx'
import { Card } from '../../ui/card.tsx'
import { monitorIcon } from '../../ui/icon-shapes.ts'
import { Table } from '../../ui/table.tsx'
import type { Report } from './report.ts'

interface Row {
  name: string
  ours: string
  theirs: string
}

/** The address of this page as the browser has it, and as this host does. */
export function Ends({ report }: { report: Report }) {
  const { scheme, host, prefix, encrypted, tls, http_version: version } = report
  const rows: Row[] = [
    { name: texts.scheme, ours: location.protocol.slice(0, -1), theirs: scheme },
    { name: texts.hostName, ours: location.host, theirs: host },
    { name: texts.basePath, ours: root.pathname, theirs: `${prefix}/` }
  ]
  const protection = tls ? `${tls.protocol}, ${tls.cipher}` : encrypted ? 'TLS' : texts.unencrypted
  return (
    <Card title={texts.ends} icon={monitorIcon}>
      <Table<Row>
        caption={texts.ends}
        rows={rows}
        keyOf={({ name }) => name}
        columns={[
          { key: 'name', title: texts.part, cell: ({ name }) => name },
          { key: 'ours', title: texts.browser, cell: ({ ours }) => <span translate="no">{ours}</span> },
          {
            key: 'theirs',
            title: texts.host,
            cell: ({ ours, theirs }) =>
              ours === theirs ? (
                <span translate="no">{theirs}</span>
              ) : (
                <Badge tone="warn" hasMark>
                  <span translate="no">{theirs}</span>
                </Badge>
              )
          }
        ]}
      />
      <p className="text-sm text-muted">{texts.transport(version, protection)}</p>
    </Card>
  )
}

/** The forwarding headers of the request, untouched. */
export function Headers({ forwarded }: Pick<Report, 'forwarded'>) {
  const rows = Object.entries(forwarded)
  return (
    <Card>
      <details>
        <summary className="text-sm font-medium text-accent">{texts.headers}</summary>
        <div className="pt-3">
          {rows.length === 0 ? (
            <p className="text-sm text-muted">{texts.noHeaders}</p>
          ) : (
            <Table
              caption={texts.headers}
              rows={rows}
              keyOf={([name]) => name}
              columns={[
                { key: 'name', title: texts.header, cell: ([name]) => <span translate="no">{name}</span> },
                {
                  key: 'value',
                  title: texts.value,
                  cell: ([, value]) => <span translate="no">{value === '' ? texts.empty : value}</span>
                }
              ]}
            />
          )}
        </div>
      </details>
    </Card>
  )
}
