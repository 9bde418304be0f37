/** Joins what is there. Tailwind has no order of its own: do not give two classes for one property. */
export const cx = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ')
