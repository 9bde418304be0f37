import { type LookupAddress, lookup } from 'node:dns'
import { isIP, type LookupFunction, connect as openSocket, type Socket } from 'node:net'
import { createSemaphore } from '../concurrency/semaphore.ts'
import { faultOfAddress } from './address-rule.ts'

/** The address rule refused every address of the name. */
export class AddressRefusedError extends Error {
  readonly code = 'EADDRESSREFUSED'
}

export interface Destination {
  /** A name or an IP address, IPv6 without brackets. */
  host: string
  port: number
  /** The owner chose it. */
  allowsLocal: boolean
}

/** A name that does not resolve holds a thread of libuv's pool, which files need too. */
const acquireLookup = createSemaphore(1, 100)

const bare = (host: string): string => (host.startsWith('[') ? host.slice(1, -1) : host)

/** Resolves names as the system does, and drops refused addresses. The socket connects to the checked addresses. */
const checkedLookup =
  (allowsLocal: boolean): LookupFunction =>
  (name, options, callback) => {
    void acquireLookup().then((release) => {
      if (release === null) return callback(Object.assign(new Error('busy'), { code: 'EAI_AGAIN' }), [])
      lookup(name, { ...options, all: true }, (error, addresses: LookupAddress[] = []) => {
        release()
        if (error) return callback(error, [])
        const allowed = addresses.filter(({ address }) => faultOfAddress(address, allowsLocal) === null)
        if (allowed.length > 0)
          return options.all ? callback(null, allowed) : callback(null, allowed[0]!.address, allowed[0]!.family)
        const fault = addresses[0] ? faultOfAddress(addresses[0].address, allowsLocal) : 'the name has no address'
        callback(new AddressRefusedError(fault!), [])
      })
    })
  }

/** Opens a connection. Rejects with the system's error, AddressRefusedError, or the signal's reason. */
export function connect({ host, port, allowsLocal }: Destination, signal: AbortSignal): Promise<Socket> {
  const name = bare(host)
  const fault = isIP(name) === 0 ? null : faultOfAddress(name, allowsLocal)
  if (fault !== null) return Promise.reject(new AddressRefusedError(fault))
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = openSocket({ host: name, port, lookup: checkedLookup(allowsLocal) })
    const give = (error?: Error) => {
      signal.removeEventListener('abort', onAbort)
      if (!error) return resolve(socket)
      socket.destroy()
      reject(error)
    }
    const onAbort = () => give(signal.reason as Error)
    signal.addEventListener('abort', onAbort)
    socket.once('connect', () => give())
    socket.once('error', give)
  })
}
