import type { PageProps } from '../../routes.ts'
import { GuestList } from './guest-list.tsx'
import { GuestPage } from './guest-page.tsx'

/** `#/guests` lists all guests; `#/guests/101` shows one. */
export default function Guests({ rest: [vmid] }: PageProps) {
  return vmid === undefined ? <GuestList /> : <GuestPage key={vmid} vmid={vmid} />
}
