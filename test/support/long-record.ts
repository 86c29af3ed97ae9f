import type { EditionStatement } from '@sijil/qualifications'
import { type Commit, nextCommit, streams } from '@sijil/registry'
import type { CatalogueEvent } from '@sijil/registry/catalogue'
import { BODY } from './registry-world.ts'

/** A qualification of which its owner stated something two hundred times, with as many units as an edition may have. */
export const LONG = `${BODY}.masonry-9`
export const STATEMENTS = 200

const statedBy = { id: BODY, name: 'Technical Education and Skills Development Authority (demonstration)' }
const source = 'https://ph-tesda.example/standards/masonry-9'

const verbs = ['Prepare', 'Lay', 'Check', 'Repair', 'Measure', 'Finish', 'Clean', 'Plan', 'Inspect', 'Store', 'Mix']
const things = ['brick walls', 'block walls', 'mortar', 'scaffolds', 'arches', 'floor tiles', 'lintels']

/** Titles differ, as those of a real standard do. */
const unitsOf = (count: number): EditionStatement['units'] =>
  Array.from({ length: count }, (_, at) => ({
    code: `MAS${7_000 + at * 37}`,
    title: `${verbs[at % verbs.length]} ${things[Math.floor(at / verbs.length)]} on a site, part ${at + 1}`,
  }))

function eventsOf(number: number): CatalogueEvent[] {
  const statement = {
    state: 'PH',
    kind: 'skills-certificate',
    title: `Masonry 9, corrected ${number} times`,
    description: 'Found able to build and to repair walls of brick and block.',
    field: 'Building',
    source,
  } as const
  const units = unitsOf(76).map((unit, at) =>
    at === number % 76 ? { ...unit, title: `${unit.title} (${number})` } : unit,
  )
  const edition = {
    id: `20${20 + Math.floor(number / 50)}`,
    from: '2020-01-01',
    units,
    validity: 'none',
    source,
  } as const
  const stated = { type: 'edition-stated', edition, statedBy } as const
  if (number === 0) return [{ type: 'qualification-stated', statement, statedBy }, stated]
  return number % 3 === 0 ? [{ type: 'qualification-stated', statement, statedBy }] : [stated]
}

/** The commits of its stream, one about every nine days until the end of 2025. */
export function longRecord(): Commit<CatalogueEvent>[] {
  const commits: Commit<CatalogueEvent>[] = []
  for (let number = 0; number < STATEMENTS; number++) {
    const now = new Date(Date.UTC(2021, 0, 1) + number * 777_777_777)
    const change = { events: eventsOf(number), actor: `officer-${number % 2}`, now, index: 'CATALOGUE' } as const
    commits.push({
      ...nextCommit(streams.qualification(LONG), commits, change),
      by: BODY,
      proposal: `proposal-${number}`,
    })
  }
  return commits
}
