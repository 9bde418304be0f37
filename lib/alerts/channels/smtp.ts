import { createTransport } from 'nodemailer'
import type { ChannelSettings } from '../../../schemas/host/alerts.ts'
import { formatTime } from '../../audit/line.ts'
import { connect } from '../connect.ts'
import type { Transport } from '../post-json.ts'
import { textOf } from '../text.ts'
import type { Letter, Outcome } from '../types.ts'

const LIMIT = 50_000
/** Milliseconds of silence. */
const SILENCE_MS = 10_000

/** Sends an email. nodemailer gets an open connection, so that the address rule holds for it too. */
export async function sendBySmtp(settings: ChannelSettings, letter: Letter, transport: Transport): Promise<Outcome> {
  const { host = '', port = 587, security, username, password, from, to } = settings
  const { allowsLocal, signal, secureContext, now } = transport
  const socket = await connect({ host, port, allowsLocal }, signal)
  const abort = () => socket.destroy(signal.reason as Error)
  signal.addEventListener('abort', abort)
  const mailer = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    tls: { secureContext: secureContext() },
    ...(username ? { auth: { user: username, pass: password ?? '' } } : {}),
    getSocket: (_options: unknown, give: (error: null, socket: object) => void) => give(null, { connection: socket }),
    greetingTimeout: SILENCE_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  try {
    const sent = await mailer.sendMail({
      from: { name: 'ProxMenux Monitor', address: from! },
      to: to!.map((address) => ({ name: '', address })),
      subject: letter.title,
      text: `${textOf(letter, LIMIT)}\n\n--\nSent by ProxMenux Monitor on ${letter.host}, ${formatTime(new Date(letter.at))}.\n`,
      date: new Date(now()),
      // The same in each attempt, so that a mail server can drop a duplicate.
      messageId: `<${letter.uuid}@proxmenux-monitor>`,
      headers: { 'auto-submitted': 'auto-generated' },
      ...(letter.severity === 'critical' && !letter.isTest ? { priority: 'high' as const } : {})
    })
    return { isDelivered: true, status: Number.parseInt(sent.response, 10), reason: null }
  } catch (error) {
    throw signal.aborted ? signal.reason : error
  } finally {
    signal.removeEventListener('abort', abort)
    mailer.close()
    socket.destroy()
  }
}
