import { heldInSet, mismatchOf } from '@sijil/qualifications'
import { EVER, qualificationAt } from '@sijil/registry/catalogue'
import { type AgreedSet, jointAt } from '@sijil/registry/joint'
import type { Verification } from '@sijil/registry/verification'
import type { ListedSet, SetHeldValues, SkillSetValues } from '@sijil/web'
import { type ComparisonDeps, type NamedVersion, partiesOf, requireJoint } from './comparisons.ts'
import type { View, ViewDeps } from './view.ts'

interface Standard {
  qualification?: string | undefined
  edition?: string | undefined
}

/** One version of an agreed set, and, if one is asked about, a national standard against it. Throws `not-found`. */
export async function skillSetView(
  named: NamedVersion,
  asked: Standard,
  deps: ComparisonDeps,
): Promise<View<object, SkillSetValues>> {
  const values = await valuesOf(named, asked, deps)
  return { json: values, values: () => values }
}

async function valuesOf(
  named: NamedVersion,
  { qualification, edition }: Standard,
  deps: ComparisonDeps,
): Promise<SkillSetValues> {
  const joint = await requireJoint<AgreedSet>('skill-set', named, deps)
  const { name, units, catalogueAt } = joint.text.content
  const titleOf = async (id: string) => qualificationAt(await deps.catalogue(id), EVER)?.title ?? id
  const shown = await Promise.all(
    units.map(async ({ accepts, ...unit }) => ({
      ...unit,
      accepts: await Promise.all(accepts.map(async (one) => ({ ...one, title: await titleOf(one.qualification) }))),
    })),
  )
  const set = { ...(await partiesOf(joint, deps)), name, catalogueAt, units: shown }
  if (qualification === undefined) return set
  const record = qualificationAt(await deps.catalogue(qualification), { ...EVER, ...(edition && { edition }) })
  if (record === undefined || (edition !== undefined && record.edition !== edition))
    return { ...set, asked: { qualification, edition: edition ?? '' } }
  const standard = { qualification, edition: record.edition, units: record.units }
  const { there, missing, beyond } = mismatchOf({ name, units }, standard)
  const against = { qualification, title: record.title, edition: record.edition, missing, there, beyond }
  return { ...set, against }
}

/** What one certificate has of an agreed set. It is worked out for this answer and kept nowhere. */
export async function setHeldView(
  named: NamedVersion,
  { verdict, certificate }: Pick<Verification, 'verdict' | 'certificate'>,
  deps: ComparisonDeps,
): Promise<View<object, SetHeldValues>> {
  const set = await valuesOf(named, {}, deps)
  const held = verdict === 'valid' && certificate ? await heldBy(set, certificate, deps) : undefined
  const { id, number } = set
  const found = { verdict, ...(held && { held }) }
  return { json: { set: { id, number }, ...found }, values: () => ({ set, ...found }) }
}

/** Undefined: the set accepts nothing of the edition that the certificate names. */
async function heldBy(
  set: SkillSetValues,
  { qualification: named, units }: NonNullable<Verification['certificate']>,
  { baseUrl, catalogue }: ComparisonDeps,
) {
  const prefix = `${baseUrl}/qualifications/`
  const { id } = named.partOf ?? named
  const { edition } = named
  if (!id.startsWith(prefix) || edition === undefined) return undefined
  const qualification = id.slice(prefix.length)
  const isAccepted = set.units.some(({ accepts }) =>
    accepts.some((one) => one.qualification === qualification && one.edition === edition),
  )
  if (!isAccepted) return undefined
  const whole = qualificationAt(await catalogue(qualification), { ...EVER, edition })?.units ?? []
  const codes = (named.partOf === undefined ? whole : units).map(({ code }) => code)
  return heldInSet(set, { qualification, edition, units: codes })
}

const MOST_SETS = 100

/** Every version of every agreed set, newest first. They are read from memory, at most ten seconds old. */
export async function listedSets(deps: ComparisonDeps & Pick<ViewDeps, 'skillSets'>): Promise<ListedSet[]> {
  const moment = deps.now.toISOString()
  const found = (await deps.skillSets())
    .flatMap((commits) => jointAt(commits, { effective: moment, recorded: moment }) ?? [])
    .toSorted((one, other) => (one.text.content.catalogueAt < other.text.content.catalogueAt ? 1 : -1))
  return Promise.all(
    found.slice(0, MOST_SETS).map(async (joint) => {
      const { id, number, state, joined, missing, jointFrom, endedFrom } = await partiesOf(joint, deps)
      const ends = { ...(jointFrom && { jointFrom }), ...(endedFrom && { endedFrom }) }
      const { name, units } = joint.text.content
      return { id, number, name, units: units.length, state, joined, missing, ...ends }
    }),
  )
}
