import type { PageProps } from '../../routes.ts'
import { InterfacePage } from './interface-page.tsx'
import { NetworkList } from './network-list.tsx'

/** `#/network` shows all interfaces; `#/network/eno1` one of them. */
export default function NetworkPage({ rest: [name] }: PageProps) {
  return name === undefined ? <NetworkList /> : <InterfacePage key={name} name={name} />
}
