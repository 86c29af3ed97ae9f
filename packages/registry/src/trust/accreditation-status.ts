import {
  ANY_SITE,
  type ANY_UNIT,
  type Qualification,
  type ScopeDimension,
  type Site,
  scopeCovers,
} from '@sijil/qualifications'
import { type CatalogueQuestion, type QualificationHistory, qualificationAt } from '../catalogue/qualification-at.ts'
import { earlierOf } from '../moments.ts'
import { byGrant, byMandate, linkOf, reviewOf, rootLink } from './chain-link.ts'
import type { Entity, Grant } from './entity.ts'
import type { Right } from './events.ts'
import { entityAt } from './fold.ts'
import { type GrantOnDay, grantOn } from './grant.ts'
import type { ChainLink, IssuerAnswer } from './issuer-answer.ts'
import { atAllSites, bestOf, type Judged, meeting, worstOf } from './judged.ts'
import { stateOf } from './place.ts'
import {
  accepts,
  isAdmitted,
  isRefused,
  isRoot,
  isWholeRoot,
  mayName,
  rightAbove,
  speaksFor,
  type TrustPolicy,
} from './policy.ts'
import type { TrustReader } from './reader.ts'
import { sentenceFor } from './sentence.ts'
import { type Follow, type Place, walkGrants } from './walk-grants.ts'

/**
 * Asks whether `issuer` holds a right for a qualification, at a place and a site, at `effective`, by what was known at `recorded`.
 * Both moments are required, RFC 3339 UTC.
 */
export interface TrustQuestion {
  issuer: string
  /** Default: `issue`. */
  right?: Right
  /** What is recorded about the qualification. */
  qualification: QualificationHistory
  /**
   * The certificate that is asked about: the edition and the units that it names, and when it was reserved, if it was. What was stated
   * about the qualification later does not concern it. Absent: all units of the edition in which awards of the day are made, by all that
   * is known.
   */
  certificate?: {
    edition?: string | undefined
    reservedAt?: string | undefined
    units?: readonly string[] | typeof ANY_UNIT
  }
  /** ISO 3166-1 alpha-2. Absent for a body that speaks for no state. */
  place: string | undefined
  /** The assessment centre that the certificate names. Without a certificate: `ANY_SITE`, and the answer lists the sites. */
  site: Site
  effective: string
  recorded: string
}

interface TrustDeps {
  trust: TrustReader
  policy: TrustPolicy
}

/** A place in the walk. Without `grantee`, the entity of the question. Otherwise an entity that must hold a right for `grantee`. */
interface Link extends Place {
  right: Right
  grantee?: Entity
}

interface Judging {
  qualification: Qualification | undefined
  question: TrustQuestion
  policy: TrustPolicy
  follow: Follow<Link, Judged>
}

const unknown = (question: TrustQuestion, sentence: string): IssuerAnswer => ({
  standing: 'unknown',
  sentence,
  effective: question.effective,
  recorded: question.recorded,
  chain: [],
})

/** Answers for "on the day of issue" and for "today". Only the moments of the question differ. */
export async function accreditationStatus(question: TrustQuestion, deps: TrustDeps): Promise<IssuerAnswer> {
  const { issuer, recorded, effective, right = 'issue' } = question
  const entity = entityAt(issuer, await deps.trust(issuer), recorded)
  const who = right === 'assess' ? 'this centre' : 'this body'
  if (entity === undefined || entity.sandbox)
    return unknown(question, `No authority that this registry accepts has listed ${who}.`)
  if (entity.identity.demonstration && !deps.policy.demonstration) {
    return unknown(question, 'This is a demonstration; it is not accepted here.')
  }
  if (isRefused(deps.policy, entity)) {
    const name = entity.identity.acronym ?? entity.identity.name
    return { ...unknown(question, `This registry has decided not to accept ${name}.`), refused: true }
  }
  const qualification = qualificationAt(question.qualification, aboutOf(question))
  const isByMandate =
    right === rightAbove(right) && isWholeRoot(entity, deps.policy) && entity.registeredFrom <= question.effective
  const judged = isByMandate
    ? byOwnRight(entity, qualification === undefined || !mayName(entity, qualification, right), question)
    : await walkGrants<Link, Judged>(
        { id: issuer, entity, right },
        {
          trust: deps.trust,
          recorded,
          answer(found, { right: asked, grantee }, follow) {
            const judging = { qualification, question, policy: deps.policy, follow }
            return grantee === undefined ? judge(found, asked, judging) : judgeOther(found, asked, grantee, judging)
          },
          nowhere: { standing: 'unknown', chain: [] },
        },
      )
  const { standing, since, pilot, sites, outside } = judged
  const chain = await withSuccessors(judged.chain, recorded, deps)
  return {
    standing,
    sentence: sentenceFor(
      judged,
      { name: entity.identity.acronym ?? entity.identity.name, demonstration: entity.identity.demonstration },
      qualification?.title ?? 'this qualification',
      right,
    ),
    effective,
    recorded,
    ...(since && { since }),
    ...(pilot && { pilot }),
    ...(sites && { sites }),
    ...(outside && { outside }),
    chain,
  }
}

/** Adds the name of the successor to each link that has one. */
async function withSuccessors(chain: ChainLink[], recorded: string, { trust }: TrustDeps): Promise<ChainLink[]> {
  if (chain.every(({ successor }) => successor === undefined)) return chain
  return Promise.all(
    chain.map(async ({ successor, ...link }) => {
      if (successor === undefined) return link
      const { id } = successor
      const next = entityAt(id, await trust(id), recorded)
      return { ...link, successor: { id, name: next?.identity.name ?? id, ...(next && stateOf(next)) } }
    }),
  )
}

async function judge(entity: Entity, right: Right, judging: Judging): Promise<Judged> {
  const grants = entity.grants.filter((grant) => grant.right === right)
  const judged = await Promise.all(grants.map((grant) => judgeGrant(entity, grant, judging)))
  const best = bestOf(judged)
  if (best !== undefined) return atAllSites(best, judged)
  return {
    standing: 'not-for-this',
    chain: [
      linkOf(
        entity,
        'not-for-this',
        { ...byMandate(entity), basis: 'no authority has granted it this right' },
        judging.question.recorded,
      ),
    ],
  }
}

/** A grant counts only as far as all of its grantors were authorised at that moment. */
async function judgeGrant(
  entity: Entity,
  grant: Grant,
  { qualification, question, policy, follow }: Judging,
): Promise<Judged> {
  const { terms, state, isRecordedLater, decisions } = grantOn(grant, question.effective)
  const isByLaw = grant.grantors.length === 0
  // Established by law: the grant counts only if this deployment accepts its holder as a root.
  const own: Omit<Judged, 'chain'> =
    isByLaw && !accepts(policy, entity)
      ? { standing: 'unknown' }
      : isByLaw && qualification !== undefined && !mayName(entity, qualification, grant.right)
        ? { standing: 'not-for-this', outside: 'qualification' }
        : answerTone(grant, { terms, state }, qualification, question)
  const above = await Promise.all(
    grant.grantors.map((grantor) => follow({ id: grantor, right: rightAbove(grant.right), grantee: entity })),
  )
  // A body that acts on behalf of a principal may do no more than the principal.
  const principal = grant.onBehalfOf
  const behalf = principal === undefined ? [] : [await follow({ id: principal, right: grant.right, grantee: entity })]
  const worst = worstOf([...above, ...behalf])
  const pilot = own.pilot || [...above, ...behalf].some((judged) => judged.pilot)
  const vouching = above.flatMap((judged) => judged.chain)
  const top = behalf[0]?.chain.at(-1)
  const isGood = own.standing === 'authorised' && (worst === undefined || worst.standing === 'authorised')
  const sites = isGood ? meeting([own, ...above, ...behalf]) : undefined
  // Each of them is authorised at some site, but there is no site at which all are.
  const isNowhere = sites?.length === 0
  const link = {
    ...linkOf(entity, isNowhere ? 'not-for-this' : own.standing, byGrant(grant, decisions), question.recorded),
    review: reviewOf(terms),
    ...(isByLaw && accepts(policy, entity) && { root: true as const }),
    ...(terms.until && { until: terms.until }),
    ...(isRecordedLater && { recordedLater: true }),
    ...(principal && { onBehalfOf: { id: principal, name: top?.name ?? principal, ...(top && { state: top.state }) } }),
  }
  const chain = [...vouching, ...besides(vouching, behalf), link]
  if (isNowhere) return { standing: 'not-for-this', outside: 'site', chain }
  if (own.standing !== 'authorised' || worst === undefined || worst.standing === 'authorised') {
    return { ...own, ...(pilot && { pilot }), ...(sites && { sites }), chain }
  }
  const { standing, since, outside } = worst
  return { standing, ...(since && { since }), ...(pilot && { pilot }), ...(outside && { outside }), chain }
}

/** The links of the principal's chain that the grantors' chains do not have. */
const besides = (vouching: readonly ChainLink[], behalf: readonly Judged[]): ChainLink[] =>
  behalf
    .flatMap(({ chain }) => chain)
    .filter((link) => !vouching.some(({ id, standing }) => id === link.id && standing === link.standing))
    .map((link) => ({ ...link, principal: true }))

/** Judges what `other` must hold for `grantee`: a grantor the right to accredit, a principal the same right. */
async function judgeOther(other: Entity, right: Right, grantee: Entity, judging: Judging): Promise<Judged> {
  const { qualification, question, policy } = judging
  const stands =
    speaksFor(other, grantee) &&
    !other.sandbox &&
    other.registeredFrom <= question.effective &&
    isAdmitted(policy, other)
  const isRooted = isRoot(other, policy)
  // An authority that is no root here, and was never allowed to accredit, cannot grant anything.
  const isNobody = right === 'accredit' && !isRooted && !other.grants.some((grant) => grant.right === right)
  // The head of a profession's list may do what it may accredit for. The same holds for bodies that act on its behalf.
  const held = isRooted ? 'accredit' : right
  const isPassedOn = right !== 'recognise'
  if (stands && !isNobody && !isWholeRoot(other, policy) && isPassedOn) return judge(other, held, judging)
  if (stands && isWholeRoot(other, policy))
    return byOwnRight(other, qualification !== undefined && !mayName(other, qualification, right), question)
  return { standing: 'unknown', chain: [linkOf(other, 'unknown', byMandate(other), question.recorded)] }
}

/** A root accredits by its own mandate, without a grant, from its registration on and for its own state's qualifications. */
function byOwnRight(root: Entity, isOutside: boolean, { recorded }: TrustQuestion): Judged {
  const standing = isOutside ? 'not-for-this' : 'authorised'
  const chain = [{ ...rootLink(root, recorded), standing } as const]
  return { standing, ...(isOutside && { outside: 'qualification' as const }), chain }
}

/** Which statements about the qualification concern the question. */
const aboutOf = ({
  certificate: { edition, reservedAt } = {},
  effective,
  recorded,
}: ScopeAsked): CatalogueQuestion => ({
  effective,
  recorded: reservedAt === undefined ? recorded : earlierOf(reservedAt, recorded),
  ...(edition !== undefined && { edition }),
})

/**
 * The record that the grantors knew when they decided. What its owner stated later brings nothing new into the scope (I57), and what left
 * the scope since is out of it at once, by the present record. Of an edition that they did not know, its qualification counts as they
 * knew it. Undefined: the qualification did not exist then.
 */
function decidedOn(
  { grantors }: Pick<Grant, 'grantors'>,
  { scope, catalogueAt, recordedAt }: GrantOnDay['terms'],
  present: Qualification,
  question: ScopeAsked,
): Qualification | undefined {
  const { edition, ...about } = aboutOf(question)
  const asked = { ...about, seen: { at: catalogueAt ?? recordedAt, by: grantors } }
  const then =
    (edition === undefined ? undefined : qualificationAt(question.qualification, { ...asked, edition })) ??
    qualificationAt(question.qualification, asked)
  const isByFramework = scope.qualifications !== undefined && 'framework' in scope.qualifications
  return then === undefined && catalogueAt === undefined && isByFramework ? present : then
}

type ScopeAsked = Omit<TrustQuestion, 'issuer' | 'right'>

/** In which dimension the qualification is outside the scope, by the present record or by the one that the grantors knew. */
export function outsideScope(
  grant: Pick<Grant, 'grantors'>,
  terms: GrantOnDay['terms'],
  present: Qualification | undefined,
  question: ScopeAsked,
): ScopeDimension | undefined {
  const { place, site, certificate: { units } = {} } = question
  const then = present && decidedOn(grant, terms, present, question)
  if (present === undefined || then === undefined) return 'qualification'
  for (const record of then === present ? [present] : [present, then]) {
    const asked = scopeCovers(terms.scope, {
      qualification: record,
      ...(place && { place }),
      site,
      ...(units && { units }),
    })
    if (!asked.covered) return asked.why
  }
  return undefined
}

function answerTone(
  grant: Pick<Grant, 'grantors'>,
  { terms, state }: Pick<GrantOnDay, 'terms' | 'state'>,
  qualification: Qualification | undefined,
  question: TrustQuestion,
): Omit<Judged, 'chain'> {
  const { scope, pilot } = terms
  const { site } = question
  const outside = outsideScope(grant, terms, qualification, question)
  if (outside !== undefined) return { standing: 'not-for-this', outside }
  switch (state.in) {
    case 'force':
      return {
        standing: 'authorised',
        ...(pilot && { pilot }),
        ...(site === ANY_SITE && scope.sites && { sites: [...new Set(scope.sites)].sort() }),
      }
    case 'suspension':
      return { standing: 'suspended', since: state.since }
    case 'withdrawal':
      return { standing: 'withdrawn', since: state.since }
    case 'past':
    case 'future':
      return { standing: 'not-for-this' }
    default:
      return state satisfies never
  }
}
