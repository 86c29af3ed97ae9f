import type { ProposedChange } from '@sijil/registry/decisions'
import { policyHistory, policyIn } from '@sijil/registry/trust'
import type { ShownChange } from '@sijil/web'
import { type DeskDeps, namedOf } from './office.ts'

type OwnChange = Extract<ProposedChange, { body: string }>

/** What a body decides about its own certificates, in words for people. The name of a signatory stays sealed. */
export async function shownOwnChange(change: OwnChange, deps: DeskDeps): Promise<ShownChange> {
  const { verb, body, effectiveAt } = change
  const shown = { verb, about: await namedOf(body, deps), effectiveAt }
  switch (verb) {
    case 'set-policy': {
      const { secondPerson, batchFrom, retentionYears, numberPattern, decidedBy, version } = change
      // The policy that the proposal was made on, also after it was carried out.
      const history = (await policyHistory(body, deps.store)).slice(0, version)
      const before = policyIn(history, { effective: effectiveAt, recorded: deps.now.toISOString() })
      const stated = {
        secondPerson,
        batchFrom,
        ...(retentionYears !== undefined && { retentionYears }),
        ...(numberPattern !== undefined && { numberPattern }),
        ...(decidedBy !== undefined && { decidedBy }),
      }
      return { ...shown, policy: { stated, before } }
    }
    case 'set-signatory':
      return { ...shown, signatory: change.signatory === null ? {} : { title: change.signatory.title } }
    case 'set-logo':
      return { ...shown, logo: change.logo ?? {} }
    case 'set-webhook':
      return { ...shown, webhook: change.endpoint }
    default:
      return change satisfies never
  }
}
