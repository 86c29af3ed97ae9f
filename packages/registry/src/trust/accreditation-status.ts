import { ANY_SITE, findQualification, type Qualification, type Site, scopeCovers } from '@sijil/qualifications'
import { byGrant, byMandate, linkOf, reviewOf, rootLink } from './chain-link.ts'
import type { Entity, Grant } from './entity.ts'
import type { GrantTerms, Right } from './events.ts'
import { entityAt } from './fold.ts'
import { type GrantState, grantOn } from './grant.ts'
import type { ChainLink, IssuerAnswer } from './issuer-answer.ts'
import { atAllSites, bestOf, type Judged, meeting, worstOf } from './judged.ts'
import { accepts, isAdmitted, isRefused, isRoot, isWholeRoot, speaksFor, speaksOf, type TrustPolicy } from './policy.ts'
import type { TrustReader } from './reader.ts'
import { sentenceFor } from './sentence.ts'
import { type Follow, type Place, walkGrants } from './walk-grants.ts'

/** May `issuer` do this, for that, there, at `effective`, by what was known at `recorded`? Both moments are required, RFC 3339 UTC. */
export interface TrustQuestion {
  issuer: string
  /** `issue` unless told otherwise. */
  right?: Right
  /** Our id of the qualification. */
  qualification: string
  /** ISO 3166-1 alpha-2; absent for a body that speaks for no state. */
  place: string | undefined
  /** The assessment centre that the certificate names. Of no certificate: `ANY_SITE`, and the answer says which. */
  site: Site
  effective: string
  recorded: string
}

interface TrustDeps {
  trust: TrustReader
  policy: TrustPolicy
}

/** Who was asked about, or what somebody else must hold for `grantee`. */
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

/** The same function for "on the day of issue" and "today": only the moments differ. */
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
  const qualification = findQualification(question.qualification)
  const isByMandate =
    right === 'accredit' && isWholeRoot(entity, deps.policy) && entity.registeredFrom <= question.effective
  const judged = isByMandate
    ? byOwnRight(entity, qualification === undefined || !speaksOf(entity, qualification), question)
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
      entity.identity.acronym ?? entity.identity.name,
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

/** Whoever took the place of a link is called by name. */
async function withSuccessors(chain: ChainLink[], recorded: string, { trust }: TrustDeps): Promise<ChainLink[]> {
  if (chain.every(({ successor }) => successor === undefined)) return chain
  return Promise.all(
    chain.map(async ({ successor, ...link }) => {
      if (successor === undefined) return link
      const { id } = successor
      const successorEntity = entityAt(id, await trust(id), recorded)
      return { ...link, successor: { id, name: successorEntity?.identity.name ?? id } }
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
        { ...byMandate(entity), basis: 'nobody has allowed it to' },
        judging.question.recorded,
      ),
    ],
  }
}

/** A grant is worth what all of its grantors were on that day. */
async function judgeGrant(
  entity: Entity,
  grant: Grant,
  { qualification, question, policy, follow }: Judging,
): Promise<Judged> {
  const { terms, state, isRecordedLater, decisions } = grantOn(grant, question.effective)
  const isByLaw = grant.grantors.length === 0
  // Established by law: it stands only where this deployment accepts it as a root.
  const own: Omit<Judged, 'chain'> =
    isByLaw && !accepts(policy, entity)
      ? { standing: 'unknown' }
      : isByLaw && qualification !== undefined && !speaksOf(entity, qualification)
        ? { standing: 'not-for-this', outside: 'qualification' }
        : answerTone(terms, state, qualification, question)
  const above = await Promise.all(
    grant.grantors.map((grantor) => follow({ id: grantor, right: 'accredit', grantee: entity })),
  )
  // Whoever acts in the name of another may do no more than that other.
  const principal = grant.onBehalfOf
  const behalf = principal === undefined ? [] : [await follow({ id: principal, right: grant.right, grantee: entity })]
  const worst = worstOf([...above, ...behalf])
  const pilot = own.pilot || [...above, ...behalf].some((judged) => judged.pilot)
  const vouching = above.flatMap((judged) => judged.chain)
  const name = behalf[0]?.chain.at(-1)?.name
  const isGood = own.standing === 'authorised' && (worst === undefined || worst.standing === 'authorised')
  const sites = isGood ? meeting([own, ...above, ...behalf]) : undefined
  // Each is good at some site, and all of them at none.
  const isNowhere = sites?.length === 0
  const link = {
    ...linkOf(entity, isNowhere ? 'not-for-this' : own.standing, byGrant(grant, decisions), question.recorded),
    review: reviewOf(terms),
    ...(isByLaw && accepts(policy, entity) && { root: true as const }),
    ...(terms.until && { until: terms.until }),
    ...(isRecordedLater && { recordedLater: true }),
    ...(principal && { onBehalfOf: { id: principal, name: name ?? principal } }),
  }
  const chain = [...vouching, ...besides(vouching, behalf), link]
  if (isNowhere) return { standing: 'not-for-this', outside: 'site', chain }
  if (own.standing !== 'authorised' || worst === undefined || worst.standing === 'authorised') {
    return { ...own, ...(pilot && { pilot }), ...(sites && { sites }), chain }
  }
  const { standing, since, outside } = worst
  return { standing, ...(since && { since }), ...(pilot && { pilot }), ...(outside && { outside }), chain }
}

/** The links that only the principal's side has. */
const besides = (vouching: readonly ChainLink[], behalf: readonly Judged[]): ChainLink[] =>
  behalf
    .flatMap(({ chain }) => chain)
    .filter((link) => !vouching.some(({ id, standing }) => id === link.id && standing === link.standing))
    .map((link) => ({ ...link, principal: true }))

/** What somebody else must hold for `grantee`: who granted it, the right to accredit; in whose name it acts, the same right. */
async function judgeOther(other: Entity, right: Right, grantee: Entity, judging: Judging): Promise<Judged> {
  const { qualification, question, policy } = judging
  const stands =
    speaksFor(other, grantee) &&
    !other.sandbox &&
    other.registeredFrom <= question.effective &&
    isAdmitted(policy, other)
  const isRooted = isRoot(other, policy)
  // Whoever is no root here, and was never allowed to accredit, vouches for nobody.
  const isNobody = right === 'accredit' && !isRooted && !other.grants.some((grant) => grant.right === right)
  // The head of a profession's list does what it may accredit for, also where somebody acts in its name.
  const held = isRooted ? 'accredit' : right
  if (stands && !isNobody && !isWholeRoot(other, policy)) return judge(other, held, judging)
  if (stands && isRooted)
    return byOwnRight(other, qualification !== undefined && !speaksOf(other, qualification), question)
  return { standing: 'unknown', chain: [linkOf(other, 'unknown', byMandate(other), question.recorded)] }
}

/** A root accredits by its own mandate for what its state speaks of, since it was registered: no grant says so. */
function byOwnRight(root: Entity, isOutside: boolean, { recorded }: TrustQuestion): Judged {
  const standing = isOutside ? 'not-for-this' : 'authorised'
  const chain = [{ ...rootLink(root, recorded), standing } as const]
  return { standing, ...(isOutside && { outside: 'qualification' as const }), chain }
}

function answerTone(
  { scope, pilot }: Readonly<GrantTerms>,
  state: GrantState,
  qualification: Qualification | undefined,
  { place, site }: Pick<TrustQuestion, 'place' | 'site'>,
): Omit<Judged, 'chain'> {
  if (qualification === undefined) return { standing: 'not-for-this', outside: 'qualification' }
  const asked = scopeCovers(scope, { qualification, ...(place && { place }), site })
  if (!asked.covered) return { standing: 'not-for-this', outside: asked.why }
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
