import type { SignInPolicy } from '@sijil/http'
import type { SingleDeps } from '@sijil/registry/decisions'

export type RecogniseParts = Omit<SingleDeps, 'now'> & {
  clock: () => Date
  newId: () => string
  /** The sign-ins that suffice to approve. */
  approving: SignInPolicy
}
