import type { Signer } from '@sijil/registry'

/**
 * A signer that begins at most `perSecond` signatures a second, evenly spaced. KMS has one quota of signatures for the whole account. Each
 * process keeps its share, so issuing many certificates leaves room for status lists, logs and statements. `now` is in milliseconds.
 */
export function paceSigner(
  signer: Signer,
  { perSecond, now, pause }: { perSecond: number; now: () => number; pause: (milliseconds: number) => Promise<void> },
): Signer {
  let next = Number.NEGATIVE_INFINITY
  return {
    async sign(...asked) {
      const began = now()
      const at = Math.max(began, next)
      next = at + 1_000 / perSecond
      if (at > began) await pause(at - began)
      return signer.sign(...asked)
    },
  }
}
