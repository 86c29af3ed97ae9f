import type { AcceptedRegistries } from '@sijil/registry/accepted-registries'
import type { VerifyDeps } from '@sijil/registry/verification'

export type TrustParts = Pick<VerifyDeps, 'trust' | 'catalogue' | 'policy' | 'baseUrl'> & {
  foreign: AcceptedRegistries
  clock: () => Date
  tokenIssuer: string
}
