import type { PrettyStream } from 'pino-pretty'

/**
 * The log for a person: a stream that writes each line as readable text. Null where standard output is no terminal: the
 * journal and programs get JSON.
 */
export async function openTerminalLog({ isTTY = false }: { isTTY?: boolean }): Promise<PrettyStream | null> {
  if (!isTTY) return null
  const { default: pretty } = await import('pino-pretty')
  // Lines stay in order with what the daemon prints itself.
  return pretty({ translateTime: 'SYS:HH:MM:ss', ignore: 'pid,hostname,reqId', sync: true })
}
