import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Files of a host that is not there: path → text, `{ to }` a link, `null` an empty folder. */
export type Tree = Record<string, string | { to: string } | null>

export function plant(root: string, tree: Tree): void {
  for (const [path, content] of Object.entries(tree)) {
    const file = join(root, path)
    mkdirSync(content === null ? file : dirname(file), { recursive: true })
    if (typeof content === 'string') writeFileSync(file, content)
    else if (content !== null) symlinkSync(content.to, file)
  }
}
