import { countAffected } from '@sijil/registry/certificates'
import type { ProposedChange } from '@sijil/registry/decisions'
import { countSignedBy } from '@sijil/registry/log'
import type { ShownAffected } from '@sijil/web'
import type { DeskDeps } from './office.ts'
import { shownAffected } from './shown-change.ts'

/** The certificates that a change would affect. */
export async function affectedBy(change: ProposedChange, { store }: DeskDeps): Promise<ShownAffected> {
  switch (change.verb) {
    case 'amend':
    case 'confirm':
    case 'lift':
    case 'join':
    case 'withdraw': {
      const { grantee: issuer, grant } = change
      const since = change.verb === 'withdraw' ? { since: change.effectiveAt } : {}
      return shownAffected(await countAffected({ issuer, grant, ...since }, { store }))
    }
    case 'revoke-certificate':
    case 'reinstate-certificate':
      return 'single'
    case 'accept-list':
      return 'list'
    case 'retire-key':
    case 'resume-key':
      return 'key'
    case 'compromise-key': {
      const { affected: signed, witnessed, atLeast } = await countSignedBy(change, { store })
      return { signed, witnessed, ...(atLeast && { atLeast }) }
    }
    // The page shows the change. No certificate rests on a new key or a new body.
    default:
      return 'new'
  }
}
