import type { ForeignLists, Verifying } from '@sijil/registry'

export type TrustParts = Pick<Verifying, 'trust' | 'policy' | 'baseUrl'> & {
  foreign: ForeignLists
  clock: () => Date
  tokenIssuer: string
}
