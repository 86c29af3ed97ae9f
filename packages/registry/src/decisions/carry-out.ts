import { acceptList } from '../accepted-registries/accepted-lists.ts'
import { addExternalKey } from '../accepted-registries/external-signers.ts'
import { UnknownEvent } from '../known-events.ts'
import { writingFor } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { type Awaiting, groundsOf, statedGrounds } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { isRoot } from '../trust/policy.ts'
import { trustOf } from '../trust/reader.ts'
import { isSuccessor } from '../trust/successors.ts'
import {
  accredit,
  amendAccreditation,
  confirmAccreditation,
  liftSuspension,
  withdrawAccreditation,
} from './accredit.ts'
import { cannotBeAccredited } from './accreditable.ts'
import { assignRecord } from './assign-record.ts'
import { changeContact } from './change-contact.ts'
import { decideRecognition } from './decide-class.ts'
import type { CarryOutDeps, DecideDeps } from './decide-deps.ts'
import { decideGap } from './decide-gap.ts'
import { decideTrack } from './decide-track.ts'
import { decideVersion } from './decide-version.ts'
import { declareCompliance } from './declare-compliance.ts'
import { describe } from './describe.ts'
import { joinAccreditation } from './joining.ts'
import { addKey, certifyKey, compromiseKey, resumeKey, retireKey } from './keys.ts'
import { lendKey } from './lent-keys.ts'
import { requireContactOversight, requireFullOversight, requireOversight } from './overseers.ts'
import { requirePossible } from './oversight.ts'
import { changeMember } from './own-members.ts'
import { isCommitted, type ProposedChange } from './proposals.ts'
import { receivePortfolio } from './receive-portfolio.ts'
import { carryOutRegistration, carryOutSuccession } from './registration.ts'
import { setBrake } from './set-brake.ts'
import { setLogo } from './set-logo.ts'
import { setPolicy } from './set-policy.ts'
import { setSignatory } from './set-signatory.ts'
import { setWebhook } from './set-webhook.ts'
import { placeEdition, stateFramework } from './state-framework.ts'
import { stateQualification } from './state-qualification.ts'

interface Decided {
  authority: string
  actor: string
  proposal: string
  /** True if the proposal was approved before, so carrying it out may have been interrupted. */
  isRepeated?: boolean
}

/**
 * Carries out a decision of two officers, in the name of `authority`. All rules are checked again, because time has passed since the
 * proposal. Commits name the proposal, so an approval that is repeated after a crash does nothing twice.
 */
export async function carryOut(change: ProposedChange, decided: Decided, deps: CarryOutDeps): Promise<void> {
  const { proposal, authority: by } = decided
  if (await isCommitted(change, proposal, deps.store)) return
  return carryOutOnce(change, decided, { ...deps, store: writingFor(deps.store, { proposal, by }) })
}

async function carryOutOnce(
  change: ProposedChange,
  { authority, actor, proposal, isRepeated = false }: Decided,
  deps: CarryOutDeps,
): Promise<void> {
  await requireOverseen(authority, change, deps)
  switch (change.verb) {
    case 'accredit': {
      const { verb: _, jointly, ...stated } = change
      await requireNoRoot(change.grantee, deps)
      const grantors: [string, ...string[]] = jointly === undefined ? [authority] : [authority, jointly]
      const awaits = jointly === undefined ? [] : [jointly]
      return accredit({ ...stated, grantors, actor, awaits }, deps)
    }
    case 'amend':
      return amendAccreditation(
        { ...without(change), by: authority, actor, ...(await othersOf(change, authority, deps)) },
        deps,
      )
    case 'confirm':
      return confirmAccreditation(
        { ...without(change), by: authority, actor, ...(await othersOf(change, authority, deps)) },
        deps,
      )
    case 'lift':
      return liftSuspension(
        { ...without(change), by: authority, actor, ...(await othersOf(change, authority, deps)) },
        deps,
      )
    case 'join':
      return joinAccreditation({ ...without(change), by: authority, actor }, deps)
    case 'withdraw':
      return withdrawAccreditation({ ...without(change), by: authority, actor }, deps)
    // Only checked here. `carryOutOnCertificate` writes the change.
    case 'revoke-certificate':
    case 'reinstate-certificate':
      return requirePossible(authority, change, deps)
    case 'register-authority':
    case 'register-body':
    case 'register-centre':
      return carryOutRegistration(change, { authority, actor }, deps)
    case 'succeed':
      return carryOutSuccession(change, { authority, actor }, deps)
    case 'change-contact':
      return changeContact({ ...without(change), actor }, deps)
    case 'state-qualification':
    case 'state-edition':
    case 'retire-qualification':
      return stateQualification(change, { authority, actor }, deps)
    case 'state-framework':
    case 'state-referencing':
    case 'confirm-levels':
      return stateFramework(change, { authority, actor }, deps)
    case 'describe-body':
    case 'describe-state':
      return describe(change, { authority, actor }, deps)
    case 'assign-record':
      return assignRecord(change, { authority, actor }, deps)
    case 'recognise-class':
    case 'join-recognition':
    case 'end-recognition':
    case 'record-appeal':
      return decideRecognition(change, { authority, actor }, deps)
    case 'place-edition':
    case 'end-placement':
      return placeEdition(change, { authority, actor }, deps)
    case 'propose-comparison':
    case 'propose-corridor':
    case 'propose-skill-set':
    case 'propose-level-record':
    case 'join-version':
    case 'leave-version':
      return decideVersion(change, { authority, actor }, deps)
    case 'declare-step':
    case 'join-step':
    case 'withdraw-step':
    case 'attach-evidence':
    case 'plan-step':
      return decideTrack(change, { authority, actor }, deps)
    case 'open-gaps':
    case 'plan-gap':
    case 'close-gap':
      return decideGap(change, { authority, actor }, deps)
    case 'declare-compliance':
      return declareCompliance(change, { authority, actor }, deps)
    case 'receive-portfolio':
      return receivePortfolio(change, { authority, actor }, deps)
    case 'add-key':
      await addKey(
        { id: change.issuer, purpose: change.purpose, algorithm: change.algorithm, actor, proposal, isRepeated },
        deps,
      )
      return
    case 'lend-key':
      return lendKey({ id: change.issuer, purpose: change.purpose, key: change.key, actor, proposal }, deps)
    case 'add-key-elsewhere':
      return addExternalKey({ id: change.issuer, key: change.key, actor, proposal }, deps)
    case 'certify-key':
      return certifyKey({ id: change.issuer, kid: change.kid, x5c: change.x5c, actor }, deps)
    case 'retire-key':
      return retireKey({ ...statedGrounds(change), id: change.issuer, kid: change.kid, actor }, deps)
    case 'resume-key':
      return resumeKey(
        { ...statedGrounds(change), id: change.issuer, kid: change.kid, actor, suspendedAt: change.suspendedAt },
        deps,
      )
    case 'compromise-key':
      return compromiseKey(
        { ...statedGrounds(change), id: change.issuer, kid: change.kid, effectiveAt: change.compromisedFrom, actor },
        deps,
      )
    case 'set-brake':
      return setBrake({ ...groundsOf(change), id: change.issuer, limit: change.limit, actor }, deps)
    case 'accept-list':
      return acceptList({ ...without(change), authority, actor, proposal }, deps)
    case 'set-policy':
      return setPolicy(without(change), { authority, actor }, deps)
    case 'set-signatory':
      return setSignatory(without(change), { authority, actor }, deps)
    case 'set-logo':
      return setLogo(without(change), { authority, actor }, deps)
    case 'set-webhook':
      return setWebhook(without(change), { authority, actor }, deps)
    case 'add-member':
    case 'remove-member':
      return changeMember(change, { authority, actor }, deps)
    default:
      // An approved change that a newer version proposed.
      change satisfies never
      throw new UnknownEvent()
  }
}

/** Throws unless the authority oversees the entity whose keys, contact or succession the change concerns, or to which it gives a record. */
async function requireOverseen(authority: string, change: ProposedChange, deps: CarryOutDeps): Promise<void> {
  if (change.verb === 'assign-record') return requireOversight(authority, change.owner, deps)
  if (change.verb === 'succeed') return requireFullOversight(authority, change.id, deps)
  if (change.verb === 'change-contact') return requireContactOversight(authority, change.id, deps)
  // Not for certificates: the accreditation of the issuer gives the power over them (`requirePower`).
  if ('issuer' in change && !('certificate' in change)) return requireFullOversight(authority, change.issuer, deps)
}

/** A root cannot be given a grant. With a grantor it would no longer be a root, so any authority could end a root by a grant. */
async function requireNoRoot(grantee: string, { store, policy }: DecideDeps): Promise<void> {
  const entity = entityAt(grantee, await trustOf(store)(grantee), EVERYTHING)
  // This includes a root that this deployment does not list yet. Otherwise it would not be a root when it is listed.
  if (entity !== undefined && isRoot(entity, { demonstration: policy.demonstration }))
    throw cannotBeAccredited({
      pointer: '/grantee',
      detail: 'is a root: it has its rights by its own mandate and cannot be granted any',
      reason: 'is-a-root',
    })
}

type Without<C> = C extends unknown ? Omit<C, 'verb'> : never

function without<C extends { verb: string }>({ verb: _, ...rest }: C): Without<C> {
  return rest as Without<C>
}

/** The grantors that must still join a decision that adds trust: all but the authority, or all but the one that it succeeded. */
async function othersOf(
  { grantee, grant }: { grantee: string; grant: string },
  authority: string,
  { store, now }: DecideDeps,
): Promise<Awaiting> {
  const found = entityAt(grantee, await trustOf(store)(grantee), EVERYTHING)?.grants.find(({ id }) => id === grant)
  const { grantors = [] } = found ?? {}
  if (grantors.includes(authority)) return { awaits: grantors.filter((grantor) => grantor !== authority) }
  const standing = await Promise.all(
    grantors.map(async (grantor) => ((await isSuccessor(authority, grantor, { store, now })) ? [] : [grantor])),
  )
  return { awaits: standing.flat() }
}
