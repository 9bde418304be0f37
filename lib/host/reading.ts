/** A value, or null with the reason why there is none: what parsers return instead of throwing. */
export type Reading<T> = { value: T; reason: null } | { value: null; reason: string }

export const present = <T>(value: T): Reading<T> => ({ value, reason: null })

export const absent = (reason: string): Reading<never> => ({ value: null, reason })
