import { AddressRefusedError } from './connect.ts'
import type { Outcome } from './types.ts'

const reasons: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  ECONNECTION: 'the connection failed',
  ESOCKET: 'the connection failed',
  ENOTFOUND: 'the name of the server cannot be resolved',
  EDNS: 'the name of the server cannot be resolved',
  EAI_AGAIN: 'the name of the server cannot be resolved at present',
  EHOSTUNREACH: 'the server cannot be reached',
  ENETUNREACH: 'the server cannot be reached',
  ETIMEDOUT: 'the server does not answer',
  ETIMEOUT: 'the server does not answer',
  EAUTH: 'the server refused the login',
  ETLS: 'the encryption failed: the server does not offer it, or its certificate is not trusted',
  EPROTOCOL: 'the server does not speak SMTP',
  EENVELOPE: 'the server refused the sender or a recipient',
  EMESSAGE: 'the server refused the message',
  CERT_HAS_EXPIRED: 'the certificate of the server has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate of the server is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate of the server is not trusted (self-signed)',
  SELF_SIGNED_CERT_IN_CHAIN: 'the certificate of the server is not trusted (self-signed)',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of the server is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of the server is not trusted'
}

/** The outcome of an answer's HTTP status. */
export function outcomeOfStatus(status: number): Outcome {
  if (status >= 200 && status < 300) return { isDelivered: true, status, reason: null }
  const isRedirect = status >= 300 && status < 400
  const reason = `the server answered with status ${status}${isRedirect ? '; redirects are not followed' : ''}`
  return { isDelivered: false, status, reason }
}

interface SendError extends NodeJS.ErrnoException {
  /** nodemailer: the status of the answer. */
  responseCode?: number
  errors?: SendError[]
}

// nodemailer replaces the code of a failed verification.
const isCertificate = ({ code, message }: SendError) => code === 'ESOCKET' && message.includes('certificate')

function reasonOf(error: SendError): string {
  const { name, code = '' } = error
  if (name === 'TimeoutError') return reasons.ETIMEDOUT!
  if (isCertificate(error)) return 'the certificate of the server is not trusted, or for another name'
  return reasons[code] ?? `the delivery failed (${code || name})`
}

/**
 * The outcome of an error. Its own text is not used: it can quote the answer, an address or a path with a secret.
 */
export function outcomeOfError(error: unknown): Outcome {
  const { responseCode = null, errors, message } = error as SendError
  // Several addresses of a name were tried (happy eyeballs).
  if (errors?.[0]) return outcomeOfError(errors[0])
  if (error instanceof AddressRefusedError) return { isDelivered: false, status: null, reason: message }
  const reason = reasonOf(error as SendError)
  const status = responseCode === null ? '' : ` (status ${responseCode})`
  return { isDelivered: false, status: responseCode, reason: reason + status }
}
