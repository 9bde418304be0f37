// The package's one file that is loaded: its index brings 21 MB of what is not used here.
declare module 'prom-client/lib/registry.js' {
  import type { Registry } from 'prom-client'

  const registry: typeof Registry
  export default registry
}
