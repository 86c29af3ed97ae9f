import type { Accreditation } from '@sijil/registry/trust'
import type { IconName } from './icons.ts'

export type GrantStateName = Accreditation['state']

// biome-ignore format: it reads as a table
/** The colour and icon of each state of an accreditation. Each page has words of its own. */
export const grantStates = {
  force:      { tone: 'ok', icon: 'check' },
  suspension: { tone: 'am', icon: 'pause' },
  withdrawal: { tone: 'no', icon: 'x' },
  past:       { tone: 'gy', icon: 'minus' },
  future:     { tone: 'gy', icon: 'clock' },
} as const satisfies Record<Accreditation['state'], { tone: string; icon: IconName }>
