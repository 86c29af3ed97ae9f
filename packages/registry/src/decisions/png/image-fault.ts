import { RegistryError } from '../../errors.ts'
import type { RefusalReason } from '../../refusal-reasons.ts'

/** Limits of a logo. It is printed a few centimetres wide. */
export const logoLimits = { bytes: 262_144, width: 2_000, height: 2_000, pixels: 1_000_000, smallest: 16 } as const

// biome-ignore format: it reads as a table
const words = {
  'not-a-png':        'must be a PNG of the usual kind: save the picture again as PNG',
  'image-too-large':  `must have at most ${logoLimits.bytes} bytes and ${logoLimits.pixels} pixels, and at most ${logoLimits.width} on each side`,
  'image-too-small':  `must be at least ${logoLimits.smallest} pixels wide and high`,
  'image-damaged':    'is damaged or has something behind its end: save the picture again as PNG',
  'image-animated':   'must not move: save one picture of it as PNG',
  'image-with-texts': 'must have no texts and no notes of a camera in it: save it without metadata',
  'image-interlaced': 'must not be interlaced: save it without that option',
} as const satisfies Partial<Record<RefusalReason, string>>

export const imageFault = (reason: keyof typeof words) =>
  new RegistryError('validation-failed', 'the logo cannot be used', {
    faults: [{ pointer: '/png', detail: words[reason], reason }],
  })
