import {
  type Comparison,
  type CorridorText,
  compareUnits,
  degreeOf,
  type LevelRecord,
  levelDifference,
  levelsOf,
  type PinnedEdition,
  type Qualification,
  type SkillSet,
} from '@sijil/qualifications'
import { catalogueOf, EVER, editionsAt, qualificationAt } from '@sijil/registry/catalogue'
import { actsForOwner } from '@sijil/registry/decisions'
import { type Joint, type JointCommits, jointAt, listVersions, readJoint } from '@sijil/registry/joint'
import type { ComparedVersion, FieldOption, ShownVersion, TypedFields } from '@sijil/web'
import { recordsToday } from '../catalogue.ts'
import { folded, searchWords } from '../search-words.ts'
import type { CatalogueDeps, DeskDeps, Office } from './office.ts'

/** A form shows so many editions at once. If there are more, it has a search. */
const MOST_OFFERED = 100
const LAST = { effective: '9999', recorded: '9999' }

const editionOption = ({ id, title, edition }: Pick<Qualification, 'id' | 'title' | 'edition'>): FieldOption => ({
  value: `${id} ${edition}`,
  name: `${title}, ${edition}`,
  code: id,
})

/** True if the catalogue has more qualifications than a form shows at once. */
export const hasManyQualifications = async (deps: CatalogueDeps): Promise<boolean> =>
  (await recordsToday(deps)).length > MOST_OFFERED

/**
 * Editions of every state that a comparison can be about: what the search of the form found, and always the one that is chosen already. Only
 * editions with units are compared.
 */
export async function editionOptions(
  chosen: string | undefined,
  typed: TypedFields,
  deps: CatalogueDeps,
): Promise<readonly FieldOption[]> {
  const all = (await recordsToday(deps)).map(({ record }) => record).filter(({ units }) => units.length > 0)
  const words = searchWords(typed['comparison.search'] ?? '')
  const isFew = all.length <= MOST_OFFERED
  const found = all
    .filter(({ id, title, code = '' }) => {
      const text = folded([id, title, code].join('\n'))
      return words.length === 0 ? isFew : words.every((word) => text.includes(word))
    })
    .toSorted((one, other) => (one.title < other.title ? -1 : 1))
    .slice(0, MOST_OFFERED)
  const offered = await Promise.all(
    found.map(async (record) => {
      const stated = editionsAt(await catalogueOf(deps.store)(record.id), EVER).filter(({ units }) => units.length > 0)
      return stated.length === 0
        ? [editionOption(record)]
        : stated.map(({ id: edition }) => editionOption({ ...record, edition }))
    }),
  )
  const options = offered.flat()
  return chosen === undefined || chosen === '' || options.some(({ value }) => value === chosen)
    ? options
    : [{ value: chosen, code: chosen }, ...options]
}

/** What an office joins or leaves by its hash. */
type Joinable = Comparison | SkillSet | LevelRecord | CorridorText

const nameOf = (content: Joinable): string =>
  'rows' in content
    ? `${content.from.qualification} → ${content.to.qualification}`
    : 'aqrf' in content
      ? `${content.edition.qualification} → ${content.host.state}`
      : 'tracks' in content
        ? content.title
        : content.name

type Use = 'revised' | 'revisedCorridor' | 'ofComparison' | 'joinable' | 'joined'
const kindsFor: Readonly<Record<Use, readonly string[]>> = {
  revised: ['comparison'],
  revisedCorridor: ['corridor'],
  ofComparison: ['comparison'],
  joinable: ['comparison', 'skill-set', 'level-record', 'corridor'],
  joined: ['comparison', 'skill-set', 'level-record', 'corridor'],
}

/** Versions by what this office can do with them now. */
export async function versionOptions(
  kind: Use,
  { authority }: Office,
  deps: DeskDeps,
): Promise<readonly FieldOption[]> {
  const listed = await Promise.all(kindsFor[kind].map((each) => listVersions<Joinable>(each, deps.store)))
  const all = listed.flat().flatMap((commits) => jointAt(commits, LAST) ?? [])
  const own = await Promise.all(
    all.map(async (joint) => ((await isFor(kind, joint, authority.id, deps)) ? [joint] : [])),
  )
  const found = own.flat()
  const isLast = ({ text: { id, number } }: Joint) => !found.some(({ text }) => text.id === id && text.number > number)
  return found
    .filter((joint) => !isRevised(kind) || isLast(joint))
    .map(({ text: { kind: of, id, number, content }, hash }) => ({
      value: [id, number, ...(kind === 'joinable' || kind === 'joined' ? [hash, of] : [])].join(' '),
      name: `${id} ${number}: ${nameOf(content)}`,
    }))
}

const isRevised = (kind: Use): boolean => kind === 'revised' || kind === 'revisedCorridor'

async function isFor(
  kind: Use,
  { text: { parties }, joined, left, state }: Joint,
  authority: string,
  deps: DeskDeps,
): Promise<boolean> {
  const [proposer] = parties
  const isHere = ({ registry }: { registry: string }) => registry === proposer?.registry
  if (isRevised(kind)) return proposer?.id === authority
  if (kind === 'ofComparison') return state !== 'ended' && parties.some((one) => isHere(one) && one.id === authority)
  if (kind === 'joinable')
    return (
      state !== 'ended' &&
      parties.some((party) => isHere(party) && party.id === authority) &&
      !joined.some(({ party }) => party.id === authority)
    )
  const leavable = joined.filter(
    ({ party }) => isHere(party) && !left.some((one) => one.party.id === party.id && isHere(one.party)),
  )
  const acts = await Promise.all(leavable.map(({ party }) => actsForOwner(authority, party.id, deps)))
  return acts.includes(true)
}

interface Revised<Content> {
  name: string
  content: Content
  others: readonly string[]
}

/** The last version of an office's own text, which the next one begins with. Undefined: it has no such version. */
const revisedOf =
  <Content extends object>(kind: 'comparison' | 'corridor') =>
  async ({ authority }: Office, value: string, { store }: DeskDeps): Promise<Revised<Content> | undefined> => {
    const [id = '', number = ''] = value.split(' ')
    if (!id.startsWith(`${authority.id}.`) || !/^[a-z0-9.-]{1,105}$/.test(id) || !/^[1-9]\d{0,2}$/.test(number))
      return undefined
    const commits: JointCommits<Content> = await readJoint({ kind, id, number: Number(number) }, store)
    const joint = jointAt(commits, LAST)
    if (joint === undefined) return undefined
    const [proposer, ...others] = joint.text.parties
    return {
      name: `${id} ${number}`,
      content: joint.text.content,
      others: others.map((one) => (one.registry === proposer?.registry ? one.id : `${one.id} ${one.registry}`)),
    }
  }
export const revisedView = revisedOf<Comparison>('comparison')
export const revisedCorridorView = revisedOf<CorridorText>('corridor')

export const recordOf = async ({ qualification, edition }: PinnedEdition, at: string, { store }: DeskDeps) =>
  qualificationAt(await catalogueOf(store)(qualification), { effective: at, recorded: at, edition })

/** What a version says, as two officers read it before they decide. Undefined: an edition is not on record. */
export async function comparedVersion(
  comparison: Omit<Comparison, 'catalogueAt'>,
  at: string,
  deps: DeskDeps,
): Promise<ComparedVersion | undefined> {
  const [from, to] = await Promise.all([recordOf(comparison.from, at, deps), recordOf(comparison.to, at, deps)])
  if (from === undefined || to === undefined) return undefined
  const on = { on: at.slice(0, 10) }
  const compared = compareUnits(comparison, { from: from.units, to: to.units })
  const level = levelDifference(levelsOf(from, on).aqrf, levelsOf(to, on).aqrf)
  const degree = degreeOf(compared, { aspects: comparison.aspects, level })
  return { titles: { from: from.title, to: to.title }, ...compared, degree, level }
}

/** The text that a party joins or leaves, if it is the one with this hash. */
export async function textOf(
  { kind, id, number, hash }: { kind: string; id: string; number: number; hash: string },
  deps: DeskDeps,
): Promise<Pick<ShownVersion, 'parties' | 'comparison' | 'compared' | 'set' | 'levelRecord' | 'corridor'>> {
  const joint = jointAt(await readJoint<Joinable>({ kind, id, number }, deps.store), LAST)
  if (joint?.hash !== hash) return {}
  const { parties, content } = joint.text
  if ('aqrf' in content) return { parties, levelRecord: content }
  if ('tracks' in content) return { parties, corridor: content }
  if (!('rows' in content)) return { parties, set: content }
  const compared = await comparedVersion(content, content.catalogueAt, deps)
  return { parties, comparison: content, ...(compared && { compared }) }
}
