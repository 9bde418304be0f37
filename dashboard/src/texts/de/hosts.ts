import type { hosts as en } from '../en/hosts.ts'

export const hosts: typeof en = {
  title: 'Hosts dieses Panels',
  lead: 'Wählen Sie einen Host, um ihn zu öffnen. Sie bleiben angemeldet.',
  current: 'Dieser Host',
  health: { healthy: 'In Ordnung', warning: 'Warnung', critical: 'Kritisch', lost: 'Kein Kontakt' },
  lostSince: (time) => `Kein Kontakt seit ${time}.`,
  noUrl: 'Adresse unbekannt. Setzen Sie MONITOR_PUBLIC_URL auf dem Host.'
}
