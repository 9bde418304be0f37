/** A value, or null with the reason. Parsers return it instead of throwing. */
export type Measurement<T> = { value: T; reason: null } | { value: null; reason: string }

export const ok = <T>(value: T): Measurement<T> => ({ value, reason: null })

export const unavailable = (reason: string): Measurement<never> => ({ value: null, reason })
