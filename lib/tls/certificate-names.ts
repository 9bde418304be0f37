import { compileNetworks } from '../net/address.ts'
import { serverNameOf } from '../net/server-name.ts'

/** The longest common name (RFC 5280, appendix A.1). OpenSSL rejects a longer one. */
const MAX_COMMON_NAME = 64
/** A host with many bridges has hundreds of addresses, and clients read the certificate with each connection. */
const MAX_NAMES = 100

export interface CertificateNames {
  commonName: string
  /** Host names and addresses, in the order of their importance. */
  names: string[]
}

const isLinkLocal = compileNetworks(['linklocal'])

/**
 * The names for a certificate of this host. Invalid names are left out (the kernel accepts any bytes as a host name), as
 * are link-local addresses, which need a zone in a browser.
 */
export function listCertificateNames(candidates: readonly string[]): CertificateNames {
  const valid = candidates.map(serverNameOf).filter((name) => name !== null && !isLinkLocal(name)) as string[]
  const names = [...new Set([...valid, 'localhost'])].slice(0, MAX_NAMES)
  if (!names.includes('localhost')) names[MAX_NAMES - 1] = 'localhost'
  const commonName = names.find((name) => name.length <= MAX_COMMON_NAME)!
  return { commonName, names }
}
