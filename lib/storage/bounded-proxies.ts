import type { SettingsFile } from '../../schemas/foundation/settings-file.ts'
import { faultOfProxies } from '../net/trusted-proxies.ts'

export interface BoundedProxiesOptions {
  /** The trusted proxies of the configuration; the maximum applies to them and the stored proxies together. */
  configuredProxies: readonly string[]
  onProxyFault: (fault: string) => void
}

/** The settings `next`, with the trusted proxies of `current` if its own are too many. */
export function withBoundedProxies(
  next: SettingsFile,
  current: SettingsFile,
  { configuredProxies, onProxyFault }: BoundedProxiesOptions
): SettingsFile {
  const fault = faultOfProxies([...configuredProxies, ...(next.trusted_proxies ?? [])])
  if (fault === null) return next
  onProxyFault(fault)
  return { ...next, trusted_proxies: current.trusted_proxies ?? [] }
}
