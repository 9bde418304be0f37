declare module '@lydell/node-pty/requireBinary.js' {
  /** Loads the package's native binary for this machine. Throws if there is no such binary. */
  export function requireBinary(file: string): unknown
}
