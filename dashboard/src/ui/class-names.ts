/** Joins the given classes. Do not pass two classes for one property: their order does not decide in Tailwind. */
export const cx = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ')
