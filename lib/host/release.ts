import { type Measurement, ok, unavailable } from './measurement.ts'

/** The distribution's display name from os-release(5): PRETTY_NAME, else NAME. */
export function parseOsRelease(text: string): Measurement<string> {
  for (const key of [/^PRETTY_NAME=(.{1,256})$/m, /^NAME=(.{1,256})$/m]) {
    const raw = key.exec(text)?.[1]?.trim()
    if (!raw) continue
    const quoted = /^"(.*)"$|^'(.*)'$/.exec(raw)
    const name = (quoted ? (quoted[1] ?? quoted[2]!) : raw).replace(/\\([\\"'$`])/g, '$1')
    if (name !== '') return ok(name)
  }
  return unavailable('os-release contains no distribution name')
}

/** Kernel release, as in `uname -r`, from /proc/sys/kernel/osrelease. */
export function parseKernelRelease(text: string): Measurement<string> {
  const release = text.trim()
  return /^[\w.+~-]{1,128}$/.test(release) ? ok(release) : unavailable('osrelease contains no kernel release')
}

/**
 * Version of the installed pve-manager, such as `8.4.1`, from PVE/pvecfg.pm. `pveversion` prints from this module, so the
 * result is the same without starting Perl. `version_text` is `<version>/<commit>`.
 */
export function parsePveVersion(text: string): Measurement<string> {
  const match = /\bsub\s+version_text\s*\{\s*return\s+'([\w.~+-]{1,64})\/[^']*'/.exec(text)
  return match ? ok(match[1]!) : unavailable('pvecfg.pm contains no version')
}
