import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { comes } from '../support/waiting.ts'
import type { Disk } from './root.ts'

export interface MachineOptions {
  disk: Disk
  /** Seen as /dev/vdb. */
  files: string
  /** Where the console's log and the shell's socket lie. */
  folder: string
  /** Port of 127.0.0.1 that leads to port 8008 of the machine. */
  port: number
}

export interface Answer {
  code: number
  output: string
}

/** Without KVM a machine is some twenty times slower than its host. */
const BOOT_MS = 480_000
const COMMAND_MS = 600_000

export type Machine = Awaited<ReturnType<typeof startMachine>>

/** Boots a machine in qemu without KVM, which does not work in every virtual machine, and opens its root shell. */
export async function startMachine({ disk, files, folder, port }: MachineOptions) {
  const socketPath = join(folder, 'shell.sock')
  const drive = (file: string) => ['-drive', `file=${file},format=raw,if=virtio,cache=unsafe`]
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ...['-machine', 'q35,accel=tcg', '-cpu', 'max', '-smp', '2', '-m', '1536', '-nographic', '-nodefaults'],
      ...['-kernel', disk.kernel, '-initrd', disk.initrd, '-append', 'root=/dev/vda rw console=ttyS0 quiet'],
      ...drive(disk.image),
      ...drive(files),
      ...['-netdev', `user,id=net,hostfwd=tcp:127.0.0.1:${port}-:8008`, '-device', 'virtio-net-pci,netdev=net'],
      ...['-serial', 'stdio', '-serial', `unix:${socketPath},server=on,wait=off`, '-device', 'virtio-rng-pci']
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] }
  )
  const console = createWriteStream(join(folder, 'console.log'))
  qemu.stdout.pipe(console)
  qemu.stderr.pipe(console)
  const exited = once(qemu, 'exit')
  let hasExited = false
  void exited.then(() => {
    hasExited = true
  })

  const alive = <T>(what: T): T => {
    if (hasExited) throw new Error(`qemu ended; see ${folder}/console.log`)
    return what
  }

  let shell: Socket | undefined
  await comes(async () => {
    const socket = alive(connect(socketPath))
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false
    )
    if (isOpen) shell = socket
    return isOpen
  })
  if (!shell) throw new Error('the shell of the machine has no socket')
  const typed = shell
  let output = ''
  typed.on('data', (chunk: Buffer) => {
    output += chunk
  })

  let commands = 0
  /** Runs a command in the machine's root shell. */
  async function run(command: string, { withinMs = COMMAND_MS } = {}): Promise<Answer> {
    const mark = `done-${++commands}`
    output = ''
    // The mark is written in two parts, so that the echo of the command does not contain it.
    typed.write(`{ ${command}\n} </dev/null 2>&1; echo "${mark.slice(0, 4)}""${mark.slice(4)} $?"\n`)
    const end = new RegExp(`${mark} (\\d+)\\r?\\n`)
    if (!(await comes(() => alive(end.test(output)), { withinMs, everyMs: 100 })))
      throw new Error(`${command}: no answer in ${withinMs / 1000} s; got: ${output.slice(-2000)}`)
    const [all, code] = end.exec(output)!
    const text = output.slice(0, output.indexOf(all)).replaceAll('\r', '')
    // Behind the echo of the command.
    return { code: Number(code), output: text.slice(text.lastIndexOf('$?"\n') + 4) }
  }

  /** Waits until the shell answers after a boot. */
  async function booted(): Promise<void> {
    const isUp = () =>
      run('systemctl is-system-running --wait', { withinMs: 20_000 }).then(
        () => true,
        () => alive(false)
      )
    if (!(await comes(isUp, { withinMs: BOOT_MS })))
      throw new Error(`the machine did not boot; see ${folder}/console.log`)
  }
  /** Of the boot that answers. Throws on any other output: a shutdown writes into the shell. */
  async function bootId(): Promise<string> {
    const { output } = await run('cat /proc/sys/kernel/random/boot_id', { withinMs: 20_000 })
    const id = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/m.exec(output)
    if (id === null) throw new Error(`no boot id: ${output}`)
    return id[0]
  }
  await booted()
  // Bash sets its prompts itself when it is at a terminal.
  await run("PS1='' PS2=''; mkdir -p /files && mount -o ro /dev/vdb /files")

  return {
    run,
    async reboot(): Promise<void> {
      const before = await bootId()
      await run('systemctl reboot', { withinMs: 5000 }).catch(() => {})
      const came = () =>
        bootId().then(
          (id) => id !== before,
          () => alive(false)
        )
      if (!(await comes(came, { withinMs: BOOT_MS })))
        throw new Error(`the machine did not boot again; see ${folder}/console.log`)
      await booted()
      await run("PS1='' PS2=''; mount -o ro /dev/vdb /files")
    },
    url: `http://127.0.0.1:${port}`,
    async stop(): Promise<void> {
      if (hasExited) return
      qemu.kill('SIGTERM')
      await exited
    }
  }
}
