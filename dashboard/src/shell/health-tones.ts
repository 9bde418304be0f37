import type { Tone } from '../ui/badge.tsx'

export const healthTones: Record<string, Tone> = { healthy: 'good', warning: 'warn', critical: 'bad' }
