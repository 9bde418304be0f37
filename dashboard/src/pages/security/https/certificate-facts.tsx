import { formatDate } from '../../../data/format.ts'
import { t } from '../../../texts/index.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Fact, Facts } from '../../../ui/facts.tsx'
import type { Certificate } from './ssl.ts'

const toneOf = (days: number) => (days < 0 ? 'bad' : days < 21 ? 'warn' : 'good')

export function CertificateFacts({ certificate }: { certificate: Certificate }) {
  const texts = t.security.https
  const { subject, issuer, names, valid_to: validTo, days_left: days, key_type: key } = certificate
  return (
    <>
      <Facts isWide>
        <Fact name={texts.subject}>
          <span translate="no">{subject}</span>
        </Fact>
        <Fact name={texts.issuer}>
          {certificate.self_signed ? texts.selfSigned : <span translate="no">{issuer}</span>}
        </Fact>
        <Fact name={texts.names}>
          <span translate="no">{names.join(', ') || '–'}</span>
        </Fact>
        <Fact name={texts.validTo}>
          <span className="flex flex-wrap items-center gap-2">
            {formatDate(validTo)}
            <Badge tone={toneOf(days)} hasMark>
              {texts.daysLeft(days)}
            </Badge>
          </span>
        </Fact>
        <Fact name={texts.keyType}>
          <span translate="no">{key}</span>
        </Fact>
        <Fact name={texts.chain}>{certificate.chain_length}</Fact>
      </Facts>
      <dl className="text-sm">
        <dt className="text-xs text-muted">{texts.fingerprint}</dt>
        <dd translate="no" className="font-mono text-xs">
          {certificate.fingerprint_sha256}
        </dd>
      </dl>
    </>
  )
}
