import { Set as setFormat } from 'typebox/format'
import { isNetwork } from './address.ts'
import { isOrigin, parseHost } from './origin.ts'
import { serverNameOf } from './server-name.ts'

/** True for a host name without a port. */
export const isHostName = (text: string): boolean => parseHost(text)?.port === ''

/**
 * Registers the TypeBox formats `proxy`, `host-name`, `server-name` and `origin`. Call it before schemas that use them are compiled.
 */
export function registerNetworkFormats(): void {
  setFormat('proxy', isNetwork)
  setFormat('host-name', isHostName)
  setFormat('server-name', (text) => serverNameOf(text) !== null)
  setFormat('origin', isOrigin)
}
