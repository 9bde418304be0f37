const GIB = 1024 ** 3

/** `part` of `whole` in percent, one decimal. `whole` must not be 0. */
export const toPercent = (part: number, whole: number): number => Math.round((part / whole) * 1000) / 10

/** Bytes in GiB, two decimals. */
export const toGiB = (bytes: number): number => Math.round((bytes / GIB) * 100) / 100
