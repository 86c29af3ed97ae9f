import { type SkillSet, skillSetFaults } from '@sijil/qualifications'
import { qualificationAt } from '../catalogue/qualification-at.ts'
import { catalogueOf } from '../catalogue/reader.ts'
import type { Fault } from '../errors.ts'
import type { Party } from '../joint/events.ts'
import { readOnce } from '../stream.ts'
import type { CarryOutDeps } from './decide-deps.ts'
import { decisionTextFaults } from './verdict-words.ts'
import { stateFaults } from './version-parties.ts'

/**
 * Every fault of an agreed set. Each unit that it accepts was on record when it was proposed, and a party is of each state whose units
 * are accepted.
 */
export async function setFaults(
  set: SkillSet,
  { catalogueAt, parties, here }: { catalogueAt: string; parties: readonly Party[]; here: string },
  deps: CarryOutDeps,
): Promise<Fault[]> {
  const shape: Fault[] = skillSetFaults(set).map((fault) => ({ ...fault, pointer: `/set${fault.pointer}` }))
  // A set that is too large is not looked up.
  if (shape.length > 0) return shape
  const texts = [
    ...decisionTextFaults('/set/name', set.name),
    ...set.units.flatMap(({ title }, at) => decisionTextFaults(`/set/units/${at}/title`, title)),
  ]
  const catalogue = catalogueOf(readOnce(deps.store))
  const found = await Promise.all(
    set.units.flatMap(({ accepts }, at) =>
      accepts.map(async ({ qualification, edition, unit }, index) => {
        const question = { effective: catalogueAt, recorded: catalogueAt, edition }
        const record = qualificationAt(await catalogue(qualification), question)
        const pointer = `/set/units/${at}/accepts/${index}`
        const faults: Fault[] =
          record === undefined
            ? [{ pointer, detail: 'must be an edition on record', reason: 'no-such-edition' }]
            : record.units.some(({ code }) => code === unit)
              ? []
              : [{ pointer: `${pointer}/unit`, detail: 'must be a unit of this edition', reason: 'no-such-unit' }]
        return { faults, state: record?.state ?? null }
      }),
    ),
  )
  const states = [...new Set(found.map(({ state }) => state))]
  return [...texts, ...found.flatMap(({ faults }) => faults), ...(await stateFaults(states, { parties, here }, deps))]
}
