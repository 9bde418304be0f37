/** UTC, to the second, for names of files: `20260424T143211Z`. */
export const stampOf = (now: Date): string => now.toISOString().replaceAll(/[-:]|\.\d+/g, '')
