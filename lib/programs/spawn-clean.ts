const WRAPPER = '/bin/bash'
const CLOSE_AND_RUN =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: bash expands it.
  'for fd in /proc/self/fd/*; do fd=${fd##*/}; if ((fd > 2)); then exec {fd}>&-; fi; done; exec -- "$@"'

/**
 * Wraps a command so that the program inherits only descriptors 0 to 2. The PTY package opens its side of a PTY without
 * close-on-exec, and Node cannot change that: a child with this descriptor could read and write a root shell. bash closes
 * descriptors of any number and is part of every Debian.
 */
export const withoutInheritedFds = (file: string, args: readonly string[]) => ({
  file: WRAPPER,
  // Without --norc bash reads .bashrc if its input is a socket, as Node's pipes are (an rshd feature).
  args: ['--norc', '-c', CLOSE_AND_RUN, 'bash', file, ...args]
})
