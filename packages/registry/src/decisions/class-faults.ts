import { isDid, issuerOfDid } from '@sijil/credentials'
import type { AcceptedRegistries } from '../accepted-registries/accepted-registries.ts'
import { acceptedNow } from '../accepted-registries/catalogue-of-all.ts'
import { partsOfAddress } from '../accepted-registries/remote-qualification.ts'
import { EVER } from '../catalogue/framework-at.ts'
import { editionsAt, type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import type { Fault } from '../errors.ts'
import { isOfHere } from '../recognition/class-decision.ts'
import { countFitting, type Fitting } from '../recognition/count-fitting.ts'
import type { RecognisedEdition } from '../recognition/decided.ts'
import type { CertificateClass, DecisionTerms } from '../recognition/events.ts'
import { readOnce } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import { entityAt } from '../trust/fold.ts'
import { trustOf } from '../trust/reader.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import type { RecognitionChange } from './recognition-change.ts'
import { fault, noSkillFault, showsNoSkill, termFaults, textFaults } from './term-faults.ts'

/** Rules for a decision about a class of certificates: its words, its days, its edition, its issuers, and how many it is about. */

export type ClassProposal = Extract<RecognitionChange, { verb: 'recognise-class' }>

/** Every fault. `from`: when it would count. */
export async function classFaults(
  change: ClassProposal,
  { host, from }: { host: Entity; from: string },
  deps: CarryOutDeps,
): Promise<Fault[]> {
  const { recognised, class: covered, terms } = change
  return [
    ...textFaults(terms),
    ...periodFaults(change, deps),
    ...termFaults(terms, from),
    ...(await standardFaults(recognised, terms, deps)),
    ...(await issuerFaults(recognised, covered, host, deps)),
    ...(await fittingFaults(change, deps)),
  ]
}

/** The number that a proposal names, and that its approval covers. */
export const fittingOf = (
  { recognised: of, class: covered, terms }: ClassProposal,
  deps: Pick<CarryOutDeps, 'store'>,
): Promise<Fitting> => countFitting({ of, class: covered, terms }, deps)

/** A past day is refused when it is proposed. An approval may take some days. */
function periodFaults(
  { class: { award, issuedUntil }, effectiveAt }: ClassProposal,
  { now, rehearsal }: Pick<CarryOutDeps, 'now' | 'rehearsal'>,
): Fault[] {
  return [
    ...(award.until < award.from
      ? [fault('/award/until', 'must not lie before the first day of award', 'ends-before-start')]
      : []),
    ...(issuedUntil < award.from
      ? [fault('/issuedUntil', 'must not lie before the first day of award', 'ends-before-start')]
      : []),
    ...(rehearsal && effectiveAt.slice(0, 10) < now.toISOString().slice(0, 10)
      ? [fault('/effectiveFrom', 'must not lie in the past: a decision counts from its record on', 'in-the-past')]
      : []),
  ]
}

/** The edition and the units that the decision names exist. Of another registry, only its list is known here. */
async function standardFaults(
  of: RecognisedEdition,
  { result, units }: DecisionTerms,
  { store, now }: CarryOutDeps,
): Promise<Fault[]> {
  const { qualification, edition } = of
  if (!isOfHere(of)) return []
  const catalogue = catalogueOf(readOnce(store))
  const own = unitsOf(await catalogue(qualification), edition)
  if (await showsNoSkill(of, { catalogue, now })) return [noSkillFault('/qualification')]
  if (own === undefined) return [fault('/edition', 'must be an edition of this qualification', 'no-such-edition')]
  const unknown = (units ?? []).flatMap((code, at) =>
    own.includes(code) ? [] : [fault(`/units/${at}`, 'must be a unit of this edition', 'no-such-unit')],
  )
  const isWhole = result === 'part' && own.every((code) => units?.includes(code))
  return isWhole ? [...unknown, fault('/units', 'must leave out a unit: a part is not the whole')] : unknown
}

function unitsOf(history: QualificationHistory, edition: string): readonly string[] | undefined {
  const stated = editionsAt(history, EVER).find(({ id }) => id === edition)
  const record = qualificationAt(history, { ...EVER, edition })
  const units = stated?.units ?? (record?.edition === edition ? record.units : undefined)
  return units?.map(({ code }) => code)
}

/** Each issuer is a body whose certificates are recorded here, is no sandbox (K002), and is a demonstration where the authority is one. */
async function issuerFaults(
  of: RecognisedEdition,
  { issuers }: CertificateClass,
  host: Entity,
  deps: CarryOutDeps,
): Promise<Fault[]> {
  const trust = trustOf(deps.store)
  const lists = acceptedNow(deps)
  const registry = partsOfAddress(of.qualification)?.registry
  const found = await Promise.all(
    issuers.map(async (issuer, at) => {
      const entity = isOfHere(of)
        ? entityAt(issuer, isDid(issuer) ? [] : await trust(issuer), EVERYTHING)
        : await listedBody(issuer, registry, lists)
      const isFit =
        entity?.kind === 'body' &&
        !entity.sandbox &&
        entity.elsewhere === undefined &&
        entity.identity.demonstration === host.identity.demonstration
      const where = isOfHere(of) ? 'that issues certificates here' : 'on the list of that registry, named by its DID'
      return isFit ? [] : [fault(`/issuers/${at}`, `must be a body ${where}`, 'no-such-body')]
    }),
  )
  const repeated = issuers.flatMap((issuer, at) =>
    issuers.indexOf(issuer) < at ? [fault(`/issuers/${at}`, 'is named twice')] : [],
  )
  return [...found.flat(), ...repeated]
}

/** A body that a certificate of that registry can name as its issuer. */
async function listedBody(
  did: string,
  registry: string | undefined,
  lists: AcceptedRegistries,
): Promise<Entity | undefined> {
  if (registry === undefined || !isDid(did) || issuerOfDid(did, registry) === undefined) return undefined
  const found = await lists.find(did)
  return found?.list.idOf(did) === undefined ? undefined : found.entity
}

/** A class of a few certificates that nobody can enter any more is a decision about single people, and those are no public record. */
async function fittingFaults(change: ClassProposal, deps: CarryOutDeps): Promise<Fault[]> {
  const { award, issuedUntil } = change.class
  const today = deps.now.toISOString().slice(0, 10)
  if (award.until >= today && issuedUntil >= today) return []
  const pointer = award.until < today ? '/award/until' : '/issuedUntil'
  const fitting = await fittingOf(change, deps)
  if (fitting === 'one-to-nine')
    return [
      fault(
        pointer,
        'must not lie in the past: fewer than ten certificates fit, so this would be about single people',
        'too-few-fit',
      ),
    ]
  return fitting === 'not-counted'
    ? [fault(pointer, 'must not lie in the past: it cannot be counted how many certificates fit', 'too-few-fit')]
    : []
}
