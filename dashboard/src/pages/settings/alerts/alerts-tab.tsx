import { ChannelsCard } from './channels-card.tsx'
import { HistoryCard } from './history-card.tsx'

export function AlertsTab() {
  return (
    <>
      <ChannelsCard />
      <HistoryCard />
    </>
  )
}
