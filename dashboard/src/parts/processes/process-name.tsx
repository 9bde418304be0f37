import type { Process } from './process.ts'

/** The name of a process as a button that opens its details. */
export function ProcessName({ process, onOpen }: { process: Process; onOpen(pid: number): void }) {
  return (
    <button
      type="button"
      translate="no"
      onClick={() => onOpen(process.pid)}
      className="max-w-[14rem] truncate max-md:max-w-[8.5rem] rounded text-left font-medium text-accent underline underline-offset-4"
    >
      {process.name}
    </button>
  )
}
