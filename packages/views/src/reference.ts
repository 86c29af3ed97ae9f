import {
  codeLists,
  endorsed,
  levelsOf,
  partOf,
  type Qualification,
  referenceFramework,
  referencingCriteria,
} from '@sijil/qualifications'
import { earlierOf, endOfDay, RegistryError, unlessAway } from '@sijil/registry'
import {
  type CatalogueQuestion,
  lastStated,
  type QualificationHistory,
  qualificationAt,
  statedAt,
  statementsOf,
} from '@sijil/registry/catalogue'
import type { FrameworkValues, QualificationValues } from '@sijil/web'
import { type ExplorerDeps, findIssuers } from './explorer.ts'
import type { View, ViewDeps } from './view.ts'

export const noSuchThing = () => new RegistryError('not-found', 'there is nothing at this address')

/** Most bodies that the page of a qualification names. */
const MOST_ISSUERS = 50

export interface AskedOfQualification {
  /** Codes separated by commas: the part with only these units. */
  units?: string | undefined
  /** A day of the past. Absent: now. */
  on?: string | undefined
  edition?: string | undefined
}

/**
 * A qualification for a day, or a part of it, with every edition and statement, by what is recorded now. Today's page also names the
 * bodies that may issue it, and is shown without them if the store does not answer. Throws `not-found`.
 */
export async function qualificationView(
  id: string,
  { units, on, edition }: AskedOfQualification,
  deps: ExplorerDeps,
): Promise<View<object, Promise<QualificationValues>>> {
  const recorded = deps.now.toISOString()
  const today = recorded.slice(0, 10)
  const day = on ?? today
  const question = { effective: earlierOf(endOfDay(day), recorded), recorded, ...(edition && { edition }) }
  const history = await deps.catalogue(id)
  const qualification = qualificationAt(history, question)
  if (qualification === undefined) throw notOnRecord(history, day)
  if (edition && qualification.edition !== edition) throw noSuchThing()
  const part = partAsked(qualification, units)
  const { localTitles, record } = recordOn(history, { ...question, day, today, qualification })
  const levels = levelsOf(qualification, { on: day })
  const { editions, statements, retiredOn, nextEditionOn } = record
  return {
    json: {
      ...withoutBaseline(qualification),
      on: day,
      issuers: `/issuers?qualification=${id}`,
      localTitles,
      ...(qualification.statedBy === undefined && {
        readFromPublicSources: { on: qualification.recordedOn, confirmed: false },
      }),
      levels,
      editions,
      statements,
      ...lastStatements(history),
      ...(retiredOn && { retiredOn }),
      ...(nextEditionOn && { nextEditionOn }),
      ...(part && { part: { units: part.map(({ code }) => code), level: 'none' } }),
    },
    values: async () => {
      const body = qualification.body === null ? undefined : await bodyOf(qualification.body, deps)
      return {
        qualification,
        ...(day === today && (await issuersOf(id, deps))),
        ...(part && { part }),
        ...(body && { body: { name: body.name } }),
        ...(qualification.framework && { frameworkPage: `/frameworks/${qualification.framework}` }),
        levelConfirmed: qualification.levelConfirmedBy !== undefined,
        levelBasis: levels.national.basis,
        ...(levels.aqrf.confirmed && { aqrf: levels.aqrf }),
        localTitles,
        record,
      }
    },
  }
}

/** A framework of the baseline has a page of its own. Only what its authority stated is shown with the qualification. */
function withoutBaseline({ frameworkRecord, ...qualification }: Qualification): Qualification {
  return { ...qualification, ...(frameworkRecord?.statedBy && { frameworkRecord }) }
}

const bodyOf = async (id: string, { descriptions }: Pick<ViewDeps, 'descriptions'>) =>
  (await unlessAway(descriptions()))?.bodies.find((body) => body.id === id)

/** What its owner stated last, each statement whole, also of what begins to count later: a correction starts from it. */
function lastStatements(history: QualificationHistory) {
  const last = lastStated(history)
  return last && { stated: { statement: last.statement.value, editions: last.editions.map(({ value }) => value) } }
}

/** Every edition and statement that is known for that day. Statements that count later are listed as well, with their days. */
function recordOn(
  history: QualificationHistory,
  {
    day,
    today,
    qualification,
    ...question
  }: CatalogueQuestion & { day: string; today: string; qualification: Qualification },
) {
  const { statement, editions: known, retiredOn } = statedAt(history, question)
  const { id, edition, statedBy, recordedOn, localTitle, frameworkRecord: frame } = qualification
  const editions = [...known.values()].map(({ value, ...stated }) => ({ ...value, ...stated }))
  const [nextEditionOn] = editions
    .map(({ from }) => from)
    .filter((from) => from > day)
    .sort()
  return {
    localTitles: statement?.value.localTitles ?? (localTitle ? [localTitle] : []),
    record: {
      id,
      on: day,
      today,
      ...(statedBy && { owner: statedBy }),
      recordedOn,
      edition,
      editions,
      statements: statementsOf(history),
      ...(frame?.statedBy && { frame }),
      ...(retiredOn && { retiredOn }),
      ...(nextEditionOn && { nextEditionOn }),
    },
  }
}

/** Says from which day on there is a record, if there is one. */
function notOnRecord(history: QualificationHistory, day: string): RegistryError {
  const [first] = statementsOf(history)
    .map(({ effectiveAt }) => effectiveAt.slice(0, 10))
    .sort()
  if (first === undefined || first <= day) return noSuchThing()
  return new RegistryError(
    'not-found',
    `On ${day} this qualification was not on record. Its record begins on ${first}.`,
  )
}

async function issuersOf(qualification: string, deps: ExplorerDeps): Promise<Pick<QualificationValues, 'issuers'>> {
  const search = { qualification, standing: 'authorised' } as const
  const found = await unlessAway(findIssuers({ search, place: { limit: MOST_ISSUERS } }, deps))
  if (found === undefined) return {}
  const { issuers: bodies, next } = found
  return { issuers: { asOf: deps.now.toISOString().slice(0, 10), bodies, isPart: next !== undefined } }
}

/** The units of a part. `undefined` for the whole qualification. Throws `not-found` for units of another qualification. */
function partAsked(qualification: Qualification, units: string | undefined): Qualification['units'] | undefined {
  if (units === undefined || units === '') return undefined
  const part = partOf(qualification, units.split(','))
  if (part === undefined) throw noSuchThing()
  return part === 'whole' ? undefined : part
}

/**
 * A national framework for a day, or `reference` for the framework of ASEAN, which has a page of its own. `endorsed`: whether its
 * referencing was endorsed by the end of that day. Throws `not-found`.
 */
export async function frameworkView(
  id: string,
  on: string | undefined,
  { now, frameworks }: Pick<ViewDeps, 'now' | 'frameworks'>,
): Promise<View<object, FrameworkValues | 'reference'>> {
  const today = now.toISOString().slice(0, 10)
  const day = on ?? today
  if (id === referenceFramework.id)
    return {
      json: { ...referenceFramework, criteria: referencingCriteria('en'), codeLists, on: day },
      values: () => 'reference',
    }
  const framework = (await frameworks()).find((each) => each.id === id)
  if (framework === undefined) throw noSuchThing()
  const { referencing } = framework
  const endorsedThen = referencing.status === 'endorsed' ? { endorsed: endorsed(referencing, day) } : {}
  return {
    json: { ...framework, on: day, ...endorsedThen },
    values: () => ({ framework, on: day, today, ...endorsedThen }),
  }
}
