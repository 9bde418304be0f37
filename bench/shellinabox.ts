import { existsSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { freePort, HOST, spawnBound } from './process.ts'
import { measureArrival } from './stream.ts'

const PROGRAM = '/usr/bin/shellinaboxd'

/** The other web terminal in Debian. It uses HTTP long polling. */
export const hasShellInABox = existsSync(PROGRAM)

/** Starts shellinabox with `shell` as its service, and waits until it answers. */
export async function startShellInABox(shell: string) {
  const port = await freePort()
  const [uid, gid] = [process.getuid!(), process.getgid!()]
  const service = `/:${uid}:${gid}:/:${shell}`
  const options = ['--disable-ssl', '--localhost-only', `--port=${port}`, `--user=${uid}`, `--group=${gid}`]
  const child = spawnBound(PROGRAM, [...options, `--service=${service}`], { stdio: 'ignore' })
  const agent = new Agent({ keepAlive: true })
  for (let tries = 0; ; tries++) {
    const answered = await post(agent, port, {}).then(
      () => true,
      () => false
    )
    if (answered) break
    if (tries === 500) throw new Error('shellinaboxd does not answer')
    await new Promise((done) => setTimeout(done, 10))
  }
  return {
    /** Milliseconds until the given number of output bytes of `command` has arrived. */
    async stream(stream: { prompt: string; command: string; bytes: number }): Promise<number> {
      const { session } = await post(agent, port, {})
      const type = (keys: string) => void post(agent, port, { session, keys: Buffer.from(keys).toString('hex') })
      const arrival = measureArrival(stream, type)
      let answer: Answer
      do answer = await post(agent, port, { session })
      while (!arrival.take(Buffer.from(answer.data ?? '', 'latin1')))
      return arrival.ended
    },
    stop() {
      agent.destroy()
      child.kill('SIGTERM')
    }
  }
}

interface Answer {
  session?: string
  data?: string
}

function post(agent: Agent, port: number, fields: Record<string, string | undefined>): Promise<Answer> {
  const defined = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const body = String(new URLSearchParams([['width', '80'], ['height', '24'], ['rooturl', '/'], ...defined]))
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }
  return new Promise((done, fail) => {
    const sent = request({ agent, host: HOST, port, method: 'POST', path: '/?', headers }, (reply) => {
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.once('end', () => {
        // Input is answered by a page.
        const json = reply.headers['content-type']?.startsWith('application/json')
        done(json ? JSON.parse(Buffer.concat(chunks).toString()) : {})
      })
    })
    sent.once('error', fail)
    sent.end(body)
  })
}
