import { type EditionStatement, MOST_UNITS, type QualificationStatement, type StatedBy } from '@sijil/qualifications'
import { baselineAt } from '../catalogue/baseline-at.ts'
import type { CatalogueCommits, CatalogueEvent } from '../catalogue/events.ts'
import { EVER, frameworkRecordAt } from '../catalogue/framework-at.ts'
import { editionsAt, type QualificationHistory } from '../catalogue/qualification-at.ts'
import { catalogueOf, frameworkOf } from '../catalogue/reader.ts'
import { type Fault, RegistryError } from '../errors.ts'
import { type LooksOf, loadLooks } from '../likeness/skeleton.ts'
import type { RefusalReason } from '../refusal-reasons.ts'
import { type CommitReader, nextCommit, streams } from '../stream.ts'
import { type Entity, EVERYTHING } from '../trust/entity.ts'
import type { Grounds } from '../trust/events.ts'
import { entityAt } from '../trust/fold.ts'
import { stateOf } from '../trust/place.ts'
import { trustOf } from '../trust/reader.ts'
import type { DecideDeps } from './decide-deps.ts'
import { isOwnRecord, requireAsProposed } from './own-records.ts'
import { verdictFaults } from './verdict-words.ts'

/** What an owner states about a qualification. Its state follows from the owner. `effectiveAt`: RFC 3339 UTC. */
export type CatalogueChange = {
  /** `{owner}.{local}` */
  qualification: string
  effectiveAt: string
  /** Number of commits that the proposal was made on. A later statement makes it fail. */
  version?: number
} & (
  | {
      verb: 'state-qualification'
      statement: Omit<QualificationStatement, 'state' | 'stateName'>
      edition?: EditionStatement
    }
  | { verb: 'state-edition'; edition: EditionStatement }
  | ({ verb: 'retire-qualification' } & Grounds)
)

/**
 * Records a statement of the owner. Throws `not-found` for a qualification of another owner, as for one that does not exist (I36),
 * `conflict` for a proposal about an earlier version, and `validation-failed` with every fault of the statement.
 */
export async function stateQualification(
  change: CatalogueChange,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  const { qualification: id, effectiveAt, version } = change
  const history = await catalogueOf(deps.store)(id)
  const { commits } = history
  const owner = await requireOwner(history, authority, deps)
  requireAsProposed(commits, version)
  requireWhole(change, commits, baselineAt(commits, EVER) !== undefined)
  const faults = await faultsOf(change, { id, commits }, deps)
  if (faults.length > 0)
    throw new RegistryError('validation-failed', 'the qualification cannot be stated as described', { faults })
  const events = eventsOf(change, owner)
  const stream = streams.qualification(id)
  await deps.store.append(
    nextCommit(stream, commits, { events, actor, effectiveAt, now: deps.now, index: 'CATALOGUE' }),
  )
}

const noSuchQualification = () =>
  new RegistryError('not-found', 'you own no qualification with this id', { reason: 'not-below' })

/** The owner of the record, or its successor. A sandbox owns nothing. */
async function requireOwner(history: QualificationHistory, by: string, deps: DecideDeps): Promise<Entity> {
  if (!(await isOwnRecord(history, by, deps))) throw noSuchQualification()
  const owner = entityAt(by, await trustOf(deps.store)(by), EVERYTHING)
  if (owner === undefined || owner.kind === 'centre' || owner.sandbox) throw noSuchQualification()
  return owner
}

/** The first statement has an edition. Editions belong to a qualification that was stated and not retired. */
function requireWhole(change: CatalogueChange, commits: CatalogueCommits, isBaseline: boolean): void {
  const isStated = commits.some(({ events }) => events.some(({ type }) => type === 'qualification-stated'))
  const isRetired = commits.some(({ events }) => events.some(({ type }) => type === 'qualification-retired'))
  if (isRetired)
    throw new RegistryError('conflict', 'this qualification is retired: state a new one', { reason: 'is-retired' })
  // A baseline record can be retired as it is. To give it editions, its owner states it first.
  if (change.verb === 'state-edition' && !isStated) throw noSuchQualification()
  if (change.verb === 'retire-qualification' && !isStated && !isBaseline) throw noSuchQualification()
  if (change.verb === 'state-qualification' && !isStated && change.edition === undefined)
    throw new RegistryError('validation-failed', 'a new qualification needs its first edition', {
      faults: [{ pointer: '/edition', detail: 'is missing', reason: 'missing' }],
    })
}

function eventsOf(change: CatalogueChange, owner: Entity): CatalogueEvent[] {
  const statedBy: StatedBy = { id: owner.id, name: owner.identity.name }
  switch (change.verb) {
    case 'state-qualification': {
      const statement = { ...change.statement, ...stateOf(owner) }
      const stated: CatalogueEvent = { type: 'qualification-stated', statement, statedBy }
      return change.edition ? [stated, { type: 'edition-stated', edition: change.edition, statedBy }] : [stated]
    }
    case 'state-edition':
      return [{ type: 'edition-stated', edition: change.edition, statedBy }]
    case 'retire-qualification':
      return [{ type: 'qualification-retired', statedBy, basis: change.basis }]
    default:
      return change satisfies never
  }
}

async function faultsOf(
  change: CatalogueChange,
  stated: { id: string; commits: CatalogueCommits },
  { store }: DecideDeps,
): Promise<Fault[]> {
  const looks = await loadLooks()
  const faults = change.verb === 'state-qualification' ? titleFaults(change.statement) : []
  if (!('edition' in change) || change.edition === undefined) return faults
  const { edition } = change
  return [
    ...faults,
    ...periodFaults(edition),
    ...(['assessment', 'limits'] as const).flatMap((name) => verdictFaults(`/edition/${name}`, edition[name] ?? '')),
    ...(await levelFaults(edition, store)),
    ...unitFaults(edition, looks),
    ...successionFaults(edition, stated, looks),
  ]
}

function titleFaults({
  title,
  localTitles = [],
  description,
  code,
  codeScheme,
  requiredByLaw,
}: Omit<QualificationStatement, 'state'>): Fault[] {
  const languages = localTitles.map(({ language }) => language)
  return [
    ...verdictFaults('/title', title),
    ...localTitles.flatMap(({ text }, at) => verdictFaults(`/localTitles/${at}/text`, text)),
    ...verdictFaults('/description', description),
    ...(requiredByLaw ? verdictFaults('/requiredByLaw/law', requiredByLaw.law) : []),
    ...languages.flatMap((language, at) =>
      language === 'en' || languages.indexOf(language) < at
        ? [
            {
              pointer: `/localTitles/${at}/language`,
              detail: 'must be another language than English, once',
              reason: 'not-another-language' as const,
            },
          ]
        : [],
    ),
    ...((code === undefined) !== (codeScheme === undefined)
      ? [
          {
            pointer: '/codeScheme',
            detail: 'must stand with the national code, and not without it',
            reason: 'code-without-scheme' as const,
          },
        ]
      : []),
  ]
}

const periodFaults = ({ from, until }: EditionStatement): Fault[] =>
  until !== undefined && until < from
    ? [{ pointer: '/edition/until', detail: 'must not lie before the first day of award', reason: 'ends-before-start' }]
    : []

async function levelFaults({ level }: EditionStatement, store: CommitReader): Promise<Fault[]> {
  if (level === undefined) return []
  const framework = frameworkRecordAt(await frameworkOf(level.framework, store), EVER)
  if (framework === undefined)
    return [
      {
        pointer: '/edition/level/framework',
        detail: 'must be a framework of this registry',
        reason: 'no-such-framework',
      },
    ]
  const most = framework.levels ?? 0
  if (Number.isInteger(level.national) && level.national >= 1 && level.national <= most) return []
  const detail =
    most === 0 ? `must be absent: ${framework.id} has no numbered levels` : `must be a level from 1 to ${most}`
  return [{ pointer: '/edition/level/national', detail, reason: 'no-such-level' }]
}

/** One certificate names every unit, so an edition cannot have more than fit (docs/profile.md). */
function unitFaults({ units }: EditionStatement, looks: LooksOf): Fault[] {
  const seen = new Map<string, number>()
  const faults: Fault[] = units.flatMap(({ code }, at) => {
    const own = [...looks(code)]
    const first = own.map((look) => seen.get(look)).find((place) => place !== undefined)
    for (const look of own) seen.set(look, first ?? at)
    return first === undefined
      ? []
      : [
          {
            pointer: `/edition/units/${at}/code`,
            detail: `looks like the code of unit ${first + 1}: each unit has its own code`,
            reason: 'code-looks-alike',
          },
        ]
  })
  if (units.length > MOST_UNITS)
    faults.push({
      pointer: '/edition/units',
      detail: `must be at most ${MOST_UNITS}: one certificate names all of them`,
      reason: 'too-many',
    })
  return faults
}

/** No two editions follow the same one, and no edition follows itself, directly or through others (Q005). */
function successionFaults(
  { id, supersedes }: EditionStatement,
  { id: qualification, commits }: { id: string; commits: CatalogueCommits },
  looks: LooksOf,
): Fault[] {
  const known = editionsAt({ id: qualification, commits }, EVER)
  const alike = known.find((one) => one.id !== id && isAlike(looks(one.id), looks(id)))
  const faults: Fault[] = alike
    ? [{ pointer: '/edition/id', detail: `looks like the edition ${alike.id}`, reason: 'edition-looks-alike' }]
    : []
  if (supersedes === undefined) return faults
  const fault = (detail: string, reason: RefusalReason) => [
    ...faults,
    { pointer: '/edition/supersedes', detail, reason },
  ]
  const before = new Map(known.map((one) => [one.id, one.supersedes]))
  if (!before.has(supersedes) || supersedes === id)
    return fault('must be another edition of this qualification', 'follows-unknown')
  if (known.some((one) => one.id !== id && one.supersedes === supersedes))
    return fault('is superseded by another edition already', 'followed-already')
  before.set(id, supersedes)
  const passed = new Set([id])
  for (let at: string | undefined = supersedes; at !== undefined; at = before.get(at)) {
    if (passed.has(at)) return fault('must not follow this edition itself', 'follows-itself')
    passed.add(at)
  }
  return faults
}

const isAlike = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((look) => other.has(look))
