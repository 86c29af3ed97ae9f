import type { ProposedChange } from '@sijil/registry/decisions'
import { lautan, samudra } from './bodies.ts'

/**
 * Fictional Lautan asks for a masonry certificate of its own. Its authority compared it with the bricklaying of fictional Samudra, unit by
 * unit, and the council of Samudra joined. So a newcomer sees a joint comparison, with every result that a unit can have.
 */

const { authority, masonry, comparison: joint } = lautan
const page = (path: string) => `https://${authority}.example/${path}`

/** What two officers of the authority decide. `registry`: the host of this registry, which the text of a comparison names. */
export const decisionsOfLautan = (registry: string): readonly { by: string; id: string; change: Decision }[] => [
  {
    by: authority,
    id: 'masonry',
    change: {
      verb: 'state-qualification',
      qualification: masonry,
      statement: {
        kind: 'skills-certificate',
        title: 'Masonry, Class 2',
        description: 'Found able to build, plaster and finish walls of houses.',
        field: 'Building',
        source: page('standards/masonry-2'),
      },
      edition: {
        id: '2023',
        from: '2023-01-01',
        units: [
          'Read a drawing and set out',
          'Mix mortar by hand and by machine',
          'Lay bricks in three bonds',
          'Plaster walls and ceilings',
          'Give first aid on site',
          'Build garden walls of natural stone',
        ].map((title, at) => ({ code: `LM-${at + 1}`, title })),
        validity: 'none',
        source: page('standards/masonry-2/2023'),
      },
      effectiveAt: '2023-01-02T00:00:00.000Z',
    },
  },
  {
    by: authority,
    id: 'compare-masonry',
    change: {
      verb: 'propose-comparison',
      joint,
      parties: [authority, samudra.authority].map((id) => ({ registry, id })),
      comparison: {
        from: { qualification: samudra.bricklaying, edition: '2020' },
        to: { qualification: masonry, edition: '2023' },
        rows: [
          { unit: 'LM-1', result: 'match', by: ['STC-BP-01'] },
          {
            unit: 'LM-2',
            result: 'partial',
            by: ['STC-BP-02'],
            note: 'By hand only. Mixing by machine is not asked for.',
          },
          { unit: 'LM-3', result: 'match', by: ['STC-BP-03', 'STC-BP-04'] },
          { unit: 'LM-4', result: 'partial', by: ['STC-BP-05'], note: 'Walls only. Ceilings are not asked for.' },
          {
            unit: 'LM-5',
            result: 'gap',
            by: [],
            note: 'In Samudra it is a card of its own, not part of this qualification.',
          },
        ],
        aspects: {
          assessment: { result: 'match' },
          validity: { result: 'gap', note: 'Five years in Samudra. In Lautan a certificate has no end.' },
          certification: {
            result: 'partial',
            note: 'A body that the council accredits in Samudra, the authority itself in Lautan.',
          },
        },
      },
      effectiveAt: '2025-03-03T00:00:00.000Z',
    },
  },
]

/** The council of Samudra joins the text with this hash. */
export const joiningOfSamudra = (hash: string): { by: string; id: string; change: Decision } => ({
  by: samudra.authority,
  id: 'join-masonry',
  change: { verb: 'join-version', joint, hash, effectiveAt: '2025-04-07T00:00:00.000Z' },
})

type Decision = Extract<ProposedChange, { verb: 'state-qualification' | 'propose-comparison' | 'join-version' }>
