import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

const BEGIN = 'it-begins-now'

/** Writes a script that outputs the given number of bytes, without bytes that a PTY translates. Returns its command. */
export async function writeStream(folder: string, bytes: number): Promise<string> {
  const file = join(folder, `stream-${bytes}.sh`)
  await writeFile(file, `printf ${BEGIN}\nhead -c ${bytes} /dev/zero | tr '\\0' x\n`)
  return `. ${file}\r`
}

interface Stream {
  prompt: string
  command: string
  bytes: number
}

/** Types the command at the prompt; `ended` resolves to the milliseconds from its first to its last byte. */
export function measureArrival({ prompt, command, bytes }: Stream, type: (text: string) => unknown) {
  const { promise: ended, resolve } = Promise.withResolvers<number>()
  let text = ''
  let typed = false
  let startedAt = 0
  let count = 0
  return {
    ended,
    /** True once all bytes have arrived. */
    take(chunk: Buffer): boolean {
      if (startedAt === 0) {
        text += chunk.toString('latin1')
        if (!typed && text.includes(prompt)) {
          typed = true
          type(command)
        }
        const index = text.indexOf(BEGIN)
        if (index === -1) return false
        startedAt = performance.now()
        count = text.length - index - BEGIN.length
      } else count += chunk.length
      if (count < bytes) return false
      resolve(performance.now() - startedAt)
      return true
    }
  }
}
