import { cx } from './class-names.ts'

// White text on each colour has a contrast of at least 4.5 : 1.
const colours = ['#1b4fd1', '#0b6b57', '#7a3fb8', '#a3344c', '#8a4b08', '#2c6485', '#5b5f0b', '#9a2f8f']

const colourOf = (name: string): string => {
  let sum = 0
  for (const letter of name) sum = (sum * 31 + letter.codePointAt(0)!) % 997
  return colours[sum % colours.length]!
}

export interface AvatarProps {
  /** Display name or username: determines the initial and the colour without an image. */
  name: string
  url: string | null
  className?: string
}

/** Decorative: the name is next to it or labels its button. */
export function Avatar({ name, url, className = 'size-8 text-sm' }: AvatarProps) {
  if (url) return <img src={url} alt="" className={cx('shrink-0 rounded-full object-cover', className)} />
  const letter = [...name][0] ?? '?'
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: colourOf(name) }}
      className={cx(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none',
        className
      )}
    >
      <span className="text-[#fff]">{letter.toUpperCase()}</span>
    </span>
  )
}
