// Run by the systemd that guide.test.ts boots, in a copy-on-write view of this machine: every block of the guide, in its
// order and unchanged. Writes a line for each block to /run/out/results.
import { spawn } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { type Block, readGuide } from './guide.ts'
import { machineCommands } from './machine-commands.ts'
import { type Scene, scenes } from './scenes.ts'

const script = '/tmp/block.sh'
const LIMIT_S = 40
const MARK = '=== command '

/** Runs the block in one shell; what each command printed. Throws with all output if one fails. */
async function run({ commands }: Block, { input, answer, env, prelude = '' }: Scene): Promise<string[]> {
  const lines = commands.map((command) => `printf '\\n${MARK}\\n'\n${command}`)
  writeFileSync(script, ['set -euo pipefail', prelude, ...lines].join('\n'))
  const words = answer === undefined ? ['bash', script] : ['script', '-qec', `bash ${script}`, '/dev/null']
  words.unshift('timeout', '--foreground', String(LIMIT_S))
  const child = spawn(words[0]!, words.slice(1), { env: { ...process.env, TERM: 'dumb', ...(await env?.()) } })
  // A block may end without reading it.
  child.stdin.on('error', () => {})
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk
    if (answer !== undefined && /\] $/.test(String(chunk))) child.stdin.write(`${answer}\r`)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  if (answer === undefined) child.stdin.end(input ?? '')
  const code = await new Promise((done) => child.once('close', done))
  if (code !== 0) throw new Error(`code ${code}: ${output}`)
  return output
    .replaceAll('\r', '')
    .split(`\n${MARK}\n`)
    .slice(1)
    .map((text) => text.trim())
}

async function play(block: Block, scene: Scene | undefined): Promise<string | null> {
  if (scene === undefined) return 'this block is unknown to test/guide/scenes.ts'
  try {
    await scene.stage?.()
    const printed = await run(block, scene)
    if (printed.length !== scene.prints.length) return `${printed.length} commands, not ${scene.prints.length}`
    const wrong = scene.prints.findIndex((expected, i) => !expected.test(printed[i]!))
    if (wrong !== -1) return `${block.commands[wrong]} printed: ${printed[wrong]}`
    await scene.check?.()
    return null
  } catch (error) {
    return String((error as Error).stack)
  }
}

const turn: Record<string, number> = {}
for (const block of readGuide().filter(({ language }) => language === 'sh')) {
  if (block.commands.every((command) => machineCommands.includes(command))) continue
  const { heading } = block
  const index = turn[heading] ?? 0
  turn[heading] = index + 1
  const fault = await play(block, scenes[heading]?.[index])
  appendFileSync('/run/out/results', `${JSON.stringify({ heading, index, commands: block.commands, fault })}\n`)
}
for (const [heading, list] of Object.entries(scenes)) {
  if (turn[heading] !== list.length)
    appendFileSync(
      '/run/out/results',
      `${JSON.stringify({ heading, fault: 'the guide has another number of blocks' })}\n`
    )
}
appendFileSync('/run/out/results', '{"done": true}\n')
