const WRAPPER = '/bin/bash'
const CLOSE_AND_RUN =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is bash's.
  'for fd in /proc/self/fd/*; do fd=${fd##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done; exec -- "$@"'

/**
 * The command that runs a program with its first three descriptors and no other. The PTY package opens its end of a PTY so
 * that every later child inherits it, and Node cannot undo that: whoever has it types and reads in a root shell. bash
 * closes descriptors of any number and is on every Debian.
 */
export const withoutInheritedFds = (file: string, args: readonly string[]) => ({
  file: WRAPPER,
  // With a socket as its input, which is what Node's pipes are, it would read .bashrc, as for rshd.
  args: ['--norc', '-c', CLOSE_AND_RUN, 'bash', file, ...args]
})
