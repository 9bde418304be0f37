declare module '@lydell/node-pty/requireBinary.js' {
  /** Loads a native part of the package that fits this machine. Throws where there is none. */
  export function requireBinary(file: string): unknown
}
