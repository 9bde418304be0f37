export interface TerminalProcesses {
  /** The shell's process id; it leads a session. */
  leader: number
  /** /dev/pts/N. */
  tty: string
  /** The value of PROXMENUX_TERMINAL_ID in their environment. */
  mark: string
}

/** Ends the shell's process group. */
export async function endProcesses({ leader }: TerminalProcesses): Promise<void> {
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // All of it is gone.
  }
}
