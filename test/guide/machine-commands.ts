/** Commands of the guide that need a whole machine. `npm run vm` runs them (test/vm/steps.ts). */
export const machineCommands: readonly string[] = ['timedatectl', 'timedatectl set-ntp true']
