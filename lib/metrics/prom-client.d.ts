// Only this file of the package is loaded: its index adds 21 MB of unused code.
declare module 'prom-client/lib/registry.js' {
  import type { Registry } from 'prom-client'

  const registry: typeof Registry
  export default registry
}
