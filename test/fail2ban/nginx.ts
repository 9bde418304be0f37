import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Test } from 'tap'
import { comes } from '../support/waiting.ts'

export const missing =
  existsSync('/usr/sbin/nginx') || process.env.CI ? false : 'needs nginx: apt-get install nginx-light'

/** The host's file for nginx. Of the document's, but for names, ports and certificate. */
const site = (listen: number, daemon: number) => `
  server {
    listen 127.0.0.1:${listen};
    location / {
      proxy_pass http://127.0.0.1:${daemon};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection "upgrade";
      proxy_set_header Host $host;
      proxy_set_header X-Real-IP $remote_addr;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $host;
    }
  }`

/** A free port. */
async function findPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => server.once('listening', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}

/** The real nginx before a daemon; the port it listens on. */
export async function startNginx(t: Test, folder: string, daemon: number): Promise<number> {
  const port = await findPort()
  const place = join(folder, 'nginx')
  await mkdir(place)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${place}/${n};`)
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  const conf = `${user} daemon off; worker_processes 1; pid ${place}/pid; error_log ${place}/error.log;
events {}
http { access_log off; ${temporary.join(' ')} ${site(port, daemon)} }\n`
  await writeFile(join(place, 'nginx.conf'), conf)
  const places = ['-p', place, '-e', join(place, 'error.log'), '-c', join(place, 'nginx.conf')]
  const server = spawn('/usr/sbin/nginx', places, { stdio: 'ignore' })
  const exited = new Promise((done) => server.once('exit', done))
  t.teardown(async () => {
    if (server.exitCode === null) server.kill('SIGTERM')
    await exited
  })
  const answers = () =>
    send({ port, from: '127.0.0.1', path: '/api/auth/status' }).then(
      ({ status }) => status === 200,
      () => false
    )
  if (!(await comes(answers))) throw new Error(`nginx did not start: ${await readFile(`${place}/error.log`, 'utf8')}`)
  return port
}

export interface Sent {
  port: number
  /** The address of this machine the request comes from: all of 127.0.0.0/8 are. */
  from: string
  path: string
  headers?: Record<string, string>
  /** Sent by POST. */
  body?: object
}
export interface Received {
  status: number
  body: Record<string, unknown>
}

/** One request on a connection of its own. */
export function send({ port, from, path, headers = {}, body }: Sent): Promise<Received> {
  const options = { host: '127.0.0.1', port, localAddress: from, path, agent: false as const }
  return new Promise((resolve, reject) => {
    const type = body ? { 'content-type': 'application/json' } : {}
    const sent: ClientRequest = request({
      ...options,
      method: body ? 'POST' : 'GET',
      headers: { ...type, ...headers }
    })
    sent.once('error', reject)
    sent.once('upgrade', (_answer, socket) => {
      socket.destroy()
      resolve({ status: 101, body: {} })
    })
    sent.once('response', async (answer: IncomingMessage) => {
      const content = await text(answer)
      const isJson = answer.headers['content-type']?.startsWith('application/json')
      resolve({ status: answer.statusCode!, body: isJson ? JSON.parse(content) : {} })
    })
    sent.end(body && JSON.stringify(body))
  })
}

export const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ=='
}
