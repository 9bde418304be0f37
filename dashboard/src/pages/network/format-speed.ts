import { formatCount, formatMeasured } from '../../data/format.ts'
import { t } from '../../texts/index.ts'

/** `100 Mbit/s`, `2.5 Gbit/s`; from Mbit/s. */
export const formatSpeed = (speed: number): string =>
  speed >= 1000 ? t.network.gbit(formatMeasured(speed / 1000)) : t.network.mbit(formatCount(speed))
