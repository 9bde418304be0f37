import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export const PROMPT = 'ready> '

/** A shell that reads no start-up files, so that its prompt and settings are known; its path. */
export async function writeShell(folder: string): Promise<string> {
  const file = join(folder, 'shell')
  const text = `#!/bin/sh\nPS1='${PROMPT}' PROMPT_COMMAND= HISTFILE= exec /bin/bash --norc --noprofile\n`
  await writeFile(file, text, { mode: 0o755 })
  return file
}
