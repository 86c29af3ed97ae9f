import type { EditionStatement } from '@sijil/qualifications'
import type { ProposedChange } from '@sijil/registry/decisions'
import { AUTHORITY, BODY } from './registry-world.ts'
import type { TwoOfficers } from './two-officers.ts'

/** A qualification of the body, and a framework of its authority. */
export const COOKERY = `${BODY}.cookery-2`
export const FRAMEWORK = `${AUTHORITY}.sqf`
const source = 'https://board.example/sqf'
const effectiveAt = '2026-01-01T00:00:00.000Z'

/** The body states its qualification, with one edition, at no level unless it is given. */
export const cookery = (edition: { level?: EditionStatement['level'] } = {}): ProposedChange => ({
  verb: 'state-qualification',
  qualification: COOKERY,
  statement: {
    kind: 'skills-certificate',
    title: 'Cookery 2',
    description: 'Found able to cook plain food.',
    field: 'Food',
    source,
  },
  edition: {
    id: '2026',
    from: '2026-01-01',
    units: [{ code: 'COOK1', title: 'Prepare vegetables' }],
    validity: 'none',
    source,
    ...edition,
  },
  effectiveAt,
})

/** The authority states its framework, an endorsed report and a table that puts its level 3 at AQRF level 4. */
export async function stateFramework({ decide }: TwoOfficers): Promise<void> {
  const named = { framework: FRAMEWORK, effectiveAt }
  const statement = { name: 'Samudra Qualifications Framework', acronym: 'SQF', levels: 4, levelTitles: [], source }
  await decide({ verb: 'state-framework', ...named, statement }, AUTHORITY)
  const report = {
    status: 'endorsed',
    endorsedOn: '2025-05-23',
    report: 'Samudran referencing report',
    source,
  } as const
  await decide({ verb: 'state-referencing', ...named, referencing: report }, AUTHORITY)
  const rows = [1, 2, 4, 6].map((aqrf, at) => ({ national: at + 1, aqrf }))
  await decide({ verb: 'confirm-levels', ...named, table: { version: '1', rows, source } }, AUTHORITY)
}

/** The authority places the edition at level 3 of its framework. */
export const placeCookery: ProposedChange = {
  verb: 'place-edition',
  qualification: COOKERY,
  edition: '2026',
  placement: { framework: FRAMEWORK, level: 3, source },
  effectiveAt,
}
