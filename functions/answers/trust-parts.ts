import type { ForeignLists } from '@sijil/registry/accepted-registries'
import type { Verifying } from '@sijil/registry/verification'

export type TrustParts = Pick<Verifying, 'trust' | 'policy' | 'baseUrl'> & {
  foreign: ForeignLists
  clock: () => Date
  tokenIssuer: string
}
