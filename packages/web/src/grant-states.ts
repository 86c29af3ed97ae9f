import type { Accreditation } from '@sijil/registry/trust'
import type { IconName } from './icons.ts'

// biome-ignore format: it reads as a table
/** How an accreditation stands, as colour and sign; the words are each page's own. */
export const grantStates = {
  force:      { tone: 'ok', icon: 'check' },
  suspension: { tone: 'am', icon: 'pause' },
  withdrawal: { tone: 'no', icon: 'x' },
  past:       { tone: 'gy', icon: 'minus' },
  future:     { tone: 'gy', icon: 'clock' },
} as const satisfies Record<Accreditation['state'], { tone: string; icon: IconName }>
