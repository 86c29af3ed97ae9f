import { didForIssuer } from '@sijil/credentials'
import type { Certifier } from '@sijil/qualifications'
import { earlierOf, endOfDay, unlessAway } from '@sijil/registry'
import { baselineAt, descriptionStatedAt, EVER, qualificationAt } from '@sijil/registry/catalogue'
import { findPlace, listLogged } from '@sijil/registry/log'
import {
  accreditationStatus,
  accreditationSummary,
  type ChainLink,
  didDocument,
  type Entity,
  type Grant,
  grantState,
  identityOn,
  isWholeRoot,
  noSuchIssuer,
  placeOf,
  reachedBy,
  rootLink,
  siteOf,
  stateOf,
  statusChanges,
  successorOn,
  type TrustQuestion,
  termsAt,
  usualRight,
} from '@sijil/registry/trust'
import type { IssuerValues } from '@sijil/web'
import { frameworkNames, titlesToday } from './catalogue.ts'
import { findEntity } from './entity.ts'
import { interruptionsNow } from './interruptions.ts'
import { answersOf, unrealOf } from './issuer-answers.ts'
import { keyRow, scopeRow, timelineOf } from './issuer-rows.ts'
import { logValues } from './log-proof.ts'
import { namesInState } from './names.ts'
import { contactOf, officeAbove } from './offices.ts'
import type { ViewDeps } from './view.ts'

/** Most log entries that a page shows for one entity. */
const SHOWN_ENTRIES = 20

export interface AskedOfIssuer {
  asOf: string
  qualification?: string | undefined
}

/** The page of an authority, a body or a centre. Only the page of today shows what is interrupted now. */
export async function issuerView(entity: Entity, asked: AskedOfIssuer, deps: ViewDeps): Promise<IssuerValues> {
  const isToday = asked.asOf === deps.now.toISOString().slice(0, 10)
  const interruptions = isToday ? await interruptionsNow(entity.id, deps) : undefined
  return { ...(await issuerValues(entity, asked, deps)), ...(interruptions && { interruptions }) }
}

/** The values of an entity's page for a day. Past days are judged at their end, and today at this moment. */
export async function issuerValues(
  entity: Entity,
  { asOf, qualification }: AskedOfIssuer,
  deps: ViewDeps,
): Promise<IssuerValues> {
  const { now } = deps
  const { grants, keys, id, kind } = entity
  const successor = successorOn(entity, now.toISOString())
  const recorded = now.toISOString()
  const moment = earlierOf(endOfDay(asOf), recorded)
  const identity = identityOn(entity, moment)
  const right = usualRight(entity)
  const question = { right, effective: moment, recorded } as const
  const reached = reachedBy(entity, { ...question, among: await deps.qualifications() })
  const isListed = entity.registeredFrom <= moment
  const isHead = isListed && isWholeRoot(entity, deps.policy)
  const { best, found } = isHead ? allOfIt : await accreditationSummary(entity, { ...question, among: reached }, deps)
  // A question about a qualification is never answered for another one.
  const stated = qualification === undefined ? reached[0] : await deps.catalogue(qualification)
  const asked = stated && qualificationAt(stated, question)
  const isUnknown = qualification !== undefined && asked === undefined
  const where: Pick<TrustQuestion, 'issuer' | 'place' | 'site'> = {
    issuer: id,
    place: placeOf(entity),
    site: siteOf(entity),
  }
  const about = asked && stated && { ...where, ...question, qualification: stated }
  const answer = about && (await accreditationStatus(about, deps))
  const turns = about && (await statusChanges(about, deps))
  const unreal = unrealOf(entity)
  // A grant may count from a day before the registration. Then the grant answers.
  const hasRecord = isListed || (best !== 'unknown' && best !== 'not-for-this')
  const chain = answer?.chain ?? (isHead ? [rootLink(entity, now.toISOString())] : [])
  const history = await deps.trust(id)
  const logged = (await unlessAway(listLogged(history, SHOWN_ENTRIES, deps.reader))) ?? []
  const named = [...peopleOf(grants), ...sitesOf(grants, moment), ...(successor ? [successor.id] : [])]
  const names = await namesInState(named, deps)
  const titles = await titlesToday(deps)
  const frameworks = await frameworkNames(deps)
  const above = identity.contact === undefined ? await officeAbove(entity, deps) : undefined
  const described = await describedBy(id, { effective: moment, recorded }, deps)
  return {
    issuer: {
      ...whoIs({ ...entity, identity }),
      ...(successor && { successor: { id: successor.id, name: names(successor.id) } }),
    },
    ...(above && { above }),
    ...(unreal && { unreal }),
    answers: answersOf(
      { unreal, grants: grants.filter((grant) => grant.right === right).map((grant) => grantState(grant, moment)) },
      { best, found },
      { asked: answer, hasRecord, isUnknown },
    ),
    ...(!hasRecord && { recordBegins: entity.registeredFrom }),
    ...(isUnknown && { replaced: { qualification: true as const } }),
    standing: best,
    ...(turns?.length && { turns }),
    ...(answer?.since && { since: answer.since }),
    basis: identity.mandate,
    isRoot: isHead,
    ...(answer &&
      asked && {
        explained: {
          qualification: { id: asked.id, title: asked.title },
          right,
          answer,
          ...(answer.sites && { sites: answer.sites.map(names) }),
        },
      }),
    choices: reached.map((each) => ({ id: each.id, title: qualificationAt(each, question)?.title ?? each.id })),
    chain,
    places: await placesOf(chain, deps),
    scope: grants
      .filter((grant) => grant.right !== 'accredit' || kind === 'authority')
      .map((grant) => scopeRow(grant, moment, names, { titles, frameworks })),
    ...(described.length > 0 && { described }),
    timeline: timelineOf(entity, names),
    keys: keys.map(keyRow),
    log: {
      ...logValues(logged, deps),
      ...(logged.length < history.length && { more: `/changes?${new URLSearchParams({ id })}` }),
    },
    asOf,
  }
}

/** What counts at both moments of what this one stated about itself. None if the store does not answer: the other answers do not need it. */
async function describedBy(
  id: string,
  moments: { effective: string; recorded: string },
  { descriptions }: Pick<ViewDeps, 'descriptions'>,
): Promise<NonNullable<IssuerValues['described']>> {
  const { stated = [] } = (await unlessAway(descriptions())) ?? {}
  return stated.flatMap(({ kind, id: named, commits }) => {
    const known = kind === 'body' ? descriptionStatedAt(commits, moments) : undefined
    if (known?.type !== 'body-described' || known.statedBy.id !== id) return []
    const { statement, isOfRecord, ...by } = known
    const read = isOfRecord ? baselineAt<Certifier>(commits, EVER)?.name : undefined
    const { statedBy, recordedOn, effectiveOn } = by
    return { id: named, ...(read && { read }), statement, describedBy: { statedBy, recordedOn, effectiveOn } }
  })
}

function whoIs({ id, kind, did, elsewhere, identity, control }: Entity): Omit<IssuerValues['issuer'], 'successor'> {
  const { name, localName, furtherNames, acronym, website } = identity
  return {
    id,
    kind,
    ...(did && { did }),
    ...(elsewhere && { elsewhere: true }),
    name,
    ...(localName && { localName }),
    ...(furtherNames && { furtherNames }),
    ...stateOf({ identity }),
    ...(acronym && { acronym }),
    ...contactOf(identity),
    ...(control && { control }),
    domain: URL.canParse(website) ? new URL(website).host : website,
  }
}

/** A root holds every right by its own mandate. */
const allOfIt = { best: 'authorised', found: ['authorised'] } as const

/** Most decisions that one page looks up in the log. */
const MOST_PLACES = 10

/** The place of each decision in the log. If the log cannot be read, the decision is shown without its place. */
async function placesOf(
  chain: readonly ChainLink[],
  { reader }: Pick<ViewDeps, 'reader'>,
): Promise<IssuerValues['places']> {
  const entries = chain.flatMap(({ decisions }) => decisions.map(({ entry }) => entry)).slice(0, MOST_PLACES)
  const found = await Promise.all(
    entries.map(async (entry) => [entry, await unlessAway(findPlace('registry', entry, reader))] as const),
  )
  return Object.fromEntries(found.flatMap(([entry, place]) => (place === undefined ? [] : [[entry, place.index]])))
}

/** The ids that these grants name: grantors, principals, and the authorities that changed them. */
const peopleOf = (grants: readonly Grant[]): string[] =>
  grants.flatMap(({ grantors, onBehalfOf, changes }) => [
    ...grantors,
    ...(onBehalfOf === undefined ? [] : [onBehalfOf]),
    ...changes.map(({ by }) => by),
  ])

/** Most sites whose names one page reads. Further sites are shown by their ids. */
const MOST_NAMED = 50
const sitesOf = (grants: readonly Grant[], moment: string): string[] =>
  [...new Set(grants.flatMap((grant) => termsAt(grant, moment).scope.sites ?? []))].slice(0, MOST_NAMED)

/**
 * The DID document of a body, or of an authority that has keys for its decisions. Throws `not-found` for an external signer, which publishes
 * its own.
 */
export async function didView(id: string, deps: Pick<ViewDeps, 'trust' | 'now' | 'baseUrl'>): Promise<object> {
  const entity = await findEntity(id, deps)
  const hasDecisionKey = entity?.kind === 'authority' && entity.keys.length > 0
  const did = hasDecisionKey ? didForIssuer(deps.baseUrl, entity.id) : entity?.did
  if (entity === undefined || did === undefined || entity.elsewhere) throw noSuchIssuer()
  return didDocument(entity, did)
}
