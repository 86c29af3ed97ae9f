import { findQualification, listQualifications } from '@sijil/qualifications'
import { unlessAway } from '@sijil/registry'
import { findPlace, listLogged } from '@sijil/registry/log'
import {
  type ChainLink,
  type Entity,
  type Grant,
  grantState,
  issuerStanding,
  isWholeRoot,
  placeOf,
  reachedBy,
  rootLink,
  siteOf,
  standingsOf,
  successorOn,
  type TrustQuestion,
  termsAt,
  turnsOf,
  usualRight,
} from '@sijil/registry/trust'
import { namesOf } from '@sijil/views'
import type { IssuerValues } from '@sijil/web'
import { answersOf, unrealOf } from './issuer-answers.ts'
import { keyRow, scopeRow, timelineOf } from './issuer-rows.ts'
import { logValues, type PageParts } from './parts.ts'

/** Entries of the log that a page shows of one entity. */
const SHOWN_ENTRIES = 20

export interface AskedOfIssuer {
  asOf: string
  qualification?: string | undefined
  /** A day to come that was asked about; `asOf` is then today. */
  replaced?: { day: string } | undefined
}

/** What a page says of somebody, as of a day: the end of that day, or this moment. */
export async function issuerValues(
  entity: Entity,
  { asOf, qualification, replaced }: AskedOfIssuer,
  now: Date,
  parts: PageParts,
): Promise<IssuerValues> {
  const { identity, grants, keys, id, kind } = entity
  const successor = successorOn(entity, now.toISOString())
  const recorded = now.toISOString()
  const endOfDay = `${asOf}T23:59:59.999Z`
  const moment = endOfDay < recorded ? endOfDay : recorded
  const right = usualRight(entity)
  const question = { right, effective: moment, recorded } as const
  const reached = reachedBy(entity, { ...question, among: listQualifications() })
  const isListed = entity.registeredFrom <= moment
  const isHead = isListed && isWholeRoot(entity, parts.policy)
  const { best, found } = isHead ? allOfIt : await standingsOf(entity, { ...question, among: reached }, parts)
  // What was asked about is answered or is not: nothing else is answered in its place.
  const asked = qualification === undefined ? reached[0] : findQualification(qualification)
  const isUnknown = qualification !== undefined && asked === undefined
  const where: Pick<TrustQuestion, 'issuer' | 'place' | 'site'> = {
    issuer: id,
    place: placeOf(entity),
    site: siteOf(entity),
  }
  const answer = asked && (await issuerStanding({ ...where, ...question, qualification: asked.id }, parts))
  const turns = asked && (await turnsOf({ ...where, ...question, qualification: asked.id }, parts))
  const unreal = unrealOf(entity)
  // Grants may be older than the listing; where they are, they answer.
  const hasRecord = isListed || (best !== 'unknown' && best !== 'not-for-this')
  const chain = answer?.chain ?? (isHead ? [rootLink(entity, now.toISOString())] : [])
  const history = await parts.trust(id)
  const logged = (await unlessAway(listLogged(history, SHOWN_ENTRIES, parts.reader))) ?? []
  const named = [...peopleOf(grants), ...sitesOf(grants, moment), ...(successor ? [successor.id] : [])]
  const names = await namesOf(named, { ...parts, now })
  return {
    issuer: {
      ...whoIs(entity),
      ...(successor && { successor: { id: successor.id, name: names(successor.id) } }),
    },
    ...(unreal && { unreal }),
    answers: answersOf(
      { unreal, grants: grants.filter((grant) => grant.right === right).map((grant) => grantState(grant, moment)) },
      { best, found },
      { asked: answer, hasRecord, isUnknown },
    ),
    ...(!hasRecord && { recordBegins: entity.registeredFrom }),
    ...((replaced || isUnknown) && { replaced: { ...replaced, ...(isUnknown && { qualification: true as const }) } }),
    standing: best,
    ...(turns?.length && { turns }),
    ...(answer?.since && { since: answer.since }),
    basis: identity.mandate,
    isRoot: isHead,
    ...(answer && {
      explained: {
        qualification: { id: asked.id, title: asked.title },
        right,
        answer,
        ...(answer.sites && { sites: answer.sites.map(names) }),
      },
    }),
    choices: reached.map(({ id: value, title }) => ({ id: value, title })),
    chain,
    places: await placesOf(chain, parts),
    scope: grants
      .filter((grant) => grant.right !== 'accredit' || kind === 'authority')
      .map((grant) => scopeRow(grant, moment, names)),
    timeline: timelineOf(entity, names),
    keys: keys.map(keyRow),
    log: {
      ...logValues(logged, parts),
      ...(logged.length < history.length && { more: `/changes?${new URLSearchParams({ id })}` }),
    },
    asOf,
  }
}

function whoIs({ id, kind, did, elsewhere, identity, control }: Entity): Omit<IssuerValues['issuer'], 'successor'> {
  const { name, localName, furtherNames, state, acronym, contact, website } = identity
  return {
    id,
    kind,
    ...(did && { did }),
    ...(elsewhere && { elsewhere: true }),
    name,
    ...(localName && { localName }),
    ...(furtherNames && { furtherNames }),
    state,
    ...(acronym && { acronym }),
    ...(contact && { contact }),
    ...(control && { control }),
    domain: URL.canParse(website) ? new URL(website).host : website,
  }
}

/** What it grants it holds by its own mandate. */
const allOfIt = { best: 'authorised', found: ['authorised'] } as const

/** As many decisions as are looked for in the log, so that no page reads without end. */
const MOST_PLACES = 10

/** Where the log cannot be read just now a decision is named without its place. */
async function placesOf(chain: readonly ChainLink[], { reader }: PageParts): Promise<IssuerValues['places']> {
  const entries = chain.flatMap(({ decisions }) => decisions.map(({ entry }) => entry)).slice(0, MOST_PLACES)
  const found = await Promise.all(
    entries.map(async (entry) => [entry, await unlessAway(findPlace('registry', entry, reader))] as const),
  )
  return Object.fromEntries(found.flatMap(([entry, place]) => (place === undefined ? [] : [[entry, place.index]])))
}

/** Everybody whom a grant names: who gave it, in whose name, and who changed it. */
const peopleOf = (grants: readonly Grant[]): string[] =>
  grants.flatMap(({ grantors, onBehalfOf, changes }) => [
    ...grantors,
    ...(onBehalfOf === undefined ? [] : [onBehalfOf]),
    ...changes.map(({ by }) => by),
  ])

/** As many as are called by name; those beyond keep their ids, so that no page reads without end. */
const MOST_NAMED = 50
const sitesOf = (grants: readonly Grant[], moment: string): string[] =>
  [...new Set(grants.flatMap((grant) => termsAt(grant, moment).scope.sites ?? []))].slice(0, MOST_NAMED)
