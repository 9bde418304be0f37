import type { ui } from '../texts/en/ui.ts'

type Texts = Pick<typeof ui, 'seconds' | 'minutes' | 'hours' | 'minutesAndSeconds' | 'hoursAndMinutes'>

/** The functions of durations.ts, in the texts of a language. */
export function createDurations(texts: Texts) {
  const describeLeft = (seconds: number): string => {
    if (seconds < 60) return texts.seconds(seconds)
    if (seconds < 3600) return texts.minutesAndSeconds(Math.floor(seconds / 60), seconds % 60)
    return texts.hoursAndMinutes(Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60))
  }
  const describeSeconds = (seconds: number): string => {
    const minutes = Math.floor(seconds / 60)
    if (seconds >= 3600 && minutes % 60 === 0) return texts.hours(minutes / 60)
    if (seconds >= 60 && seconds < 3600 && seconds % 60 === 0) return texts.minutes(minutes)
    return describeLeft(seconds)
  }
  return { describeLeft, describeSeconds }
}
