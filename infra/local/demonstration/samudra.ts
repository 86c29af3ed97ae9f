import { type LevelRow, schemes } from '@sijil/qualifications'
import type { ProposedChange } from '@sijil/registry/decisions'
import { FROM, samudra } from './bodies.ts'

/**
 * Fictional Samudra has what no real state has here: an authority that confirmed its level table and placed the editions of its body. So a
 * certificate of that body carries a signed AQRF level, and nothing is claimed in the name of a real authority.
 */

const { framework, bricklaying, scaffolding } = samudra
const page = (path: string) => `https://${samudra.authority}.example/${path}`
const standard = (path: string) => `https://${samudra.body}.example/standards/${path}`
/** National levels 1 to 6. */
const rows: LevelRow[] = [1, 2, 3, 4, 6, 7].map((aqrf, at) => ({ national: at + 1, aqrf }))
const level = { framework, national: 2 }
const units = (prefix: string, ...titles: string[]) =>
  titles.map((title, at) => ({ code: `${prefix}-${String(at + 1).padStart(2, '0')}`, title }))

type CatalogueDecision = Extract<ProposedChange, { qualification: string } | { framework: string }>

const place = (qualification: string, edition: string, effectiveAt = FROM): CatalogueDecision => ({
  verb: 'place-edition',
  qualification,
  edition,
  placement: { framework, level: 2, source: page(`register/${qualification}/${edition}`) },
  effectiveAt,
})

const building = {
  kind: 'skills-certificate',
  field: 'Building',
  fieldOfEducation: {
    ...schemes.fieldOfEducation,
    code: '0732',
    title: 'Building and civil engineering',
    url: 'http://data.europa.eu/snb/isced-f/0732',
    assignedBy: 'Samudra Trades Certification (demonstration)',
  },
} as const
const occupation = (code: string, title: string) => ({
  ...schemes.occupation,
  code,
  title,
  url: `http://data.europa.eu/esco/isco/C${code}`,
  assignedBy: 'Samudra Trades Certification (demonstration)',
})

/** What two officers of each owner decide, in order. Each decision counts from the moment at which it is recorded. */
export const decisionsOfSamudra: readonly { by: string; id: string; change: CatalogueDecision }[] = [
  {
    by: samudra.authority,
    id: 'framework',
    change: {
      verb: 'state-framework',
      framework,
      statement: {
        name: 'Samudra Qualifications Framework (demonstration)',
        acronym: 'SQF',
        localName: { text: 'Kerangka Kelayakan Samudra', language: 'ms' },
        levels: rows.length,
        levelTitles: [
          'Basic Certificate',
          'Trade Certificate',
          'Advanced Trade Certificate',
          'Technician Certificate',
          'Degree',
          'Higher Degree',
        ],
        law: 'Qualifications Act 7 of 2018 (fictional)',
        source: page('framework'),
      },
      effectiveAt: FROM,
    },
  },
  {
    by: samudra.authority,
    id: 'referencing',
    change: {
      verb: 'state-referencing',
      framework,
      referencing: {
        status: 'endorsed',
        endorsedOn: '2019-11-12',
        report: 'Samudran referencing report (fictional), as if endorsed by the AQRF Committee on 12 November 2019',
        source: page('referencing'),
      },
      effectiveAt: FROM,
    },
  },
  {
    by: samudra.authority,
    id: 'levels',
    change: {
      verb: 'confirm-levels',
      framework,
      table: { version: '1', rows, source: page('levels') },
      effectiveAt: FROM,
    },
  },
  {
    by: samudra.body,
    id: 'bricklaying',
    change: {
      verb: 'state-qualification',
      qualification: bricklaying,
      statement: {
        ...building,
        title: 'Bricklaying and Plastering, Level 2',
        localTitles: [{ text: 'Pemasangan Bata dan Lepaan, Tahap 2', language: 'ms' }],
        description: 'Found able to set out work, lay bricks and blocks, and plaster and repair walls.',
        occupation: occupation('7112', 'Bricklayers and related workers'),
        source: standard('bricklaying-2'),
      },
      edition: {
        id: '2020',
        from: '2020-01-01',
        level,
        units: units(
          'STC-BP',
          'Read drawings and set out work',
          'Mix mortar and plaster',
          'Lay bricks and blocks in bond',
          'Build corners, openings and piers',
          'Plaster and render walls',
          'Fix pre-cast parts',
          'Work safely at height',
          'Repair and repoint brickwork',
        ),
        validity: { years: 5 },
        source: standard('bricklaying-2/2020'),
      },
      effectiveAt: FROM,
    },
  },
  { by: samudra.authority, id: 'place-bricklaying', change: place(bricklaying, '2020') },
  {
    by: samudra.body,
    id: 'scaffolding',
    change: {
      verb: 'state-qualification',
      qualification: scaffolding,
      statement: {
        ...building,
        title: 'Scaffolding Work, Level 2',
        localTitles: [{ text: 'Kerja Perancah, Tahap 2', language: 'ms' }],
        description: 'Found able to put up, check and take down scaffolds of tubes and frames.',
        occupation: occupation('7119', 'Building frame and related trades workers not elsewhere classified'),
        source: standard('scaffolding-2'),
      },
      edition: {
        id: '2020',
        from: '2020-01-01',
        until: '2024-12-31',
        level,
        units: units(
          'STC-SC',
          'Choose and check parts',
          'Put up frame scaffolds',
          'Put up tube scaffolds',
          'Take down scaffolds',
        ),
        validity: { years: 5 },
        source: standard('scaffolding-2/2020'),
      },
      effectiveAt: FROM,
    },
  },
  { by: samudra.authority, id: 'place-scaffolding', change: place(scaffolding, '2020') },
  {
    by: samudra.body,
    id: 'scaffolding-2025',
    change: {
      verb: 'state-edition',
      qualification: scaffolding,
      edition: {
        id: '2025',
        from: '2025-01-01',
        supersedes: '2020',
        level,
        units: units(
          'STC-SC',
          'Choose and check parts',
          'Put up frame scaffolds',
          'Put up tube scaffolds',
          'Take down scaffolds',
          'Rescue a person from a scaffold',
        ),
        validity: { years: 5 },
        source: standard('scaffolding-2/2025'),
      },
      effectiveAt: '2024-10-01T00:00:00.000Z',
    },
  },
  {
    by: samudra.authority,
    id: 'place-scaffolding-2025',
    change: place(scaffolding, '2025', '2024-11-04T00:00:00.000Z'),
  },
]
