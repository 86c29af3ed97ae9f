import { ANY_SITE } from '@sijil/qualifications'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { baselineHistory } from '../../../../test/support/baseline.ts'
import { aQuestion, drawnGraphs, idOf, recorded } from '../../../../test/support/random-grants.ts'
import { noon } from '../../../../test/support/registry-world.ts'
import { runs } from '../../../../test/support/whole.ts'
import { accreditationStatus } from './accreditation-status.ts'
import { coverageOf, knownAt } from './coverage.ts'
import { type Entity, EVERYTHING } from './entity.ts'
import type { Right } from './events.ts'
import { entityAt } from './fold.ts'
import { grantOn } from './grant.ts'
import { placeOf } from './place.ts'
import { isAdmitted, isWholeRoot } from './policy.ts'
import { trustOf } from './reader.ts'

const moment = noon.toISOString()
const histories = ['ph-masonry-nc1', 'ph-masonry-nc2', 'my-3p-elec-l3', 'th-physician'].map(baselineHistory)

test('what grants cover is what the question about each single qualification answers, in any graph of grants', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, async (graph) => {
      const deps = { trust: trustOf(await recorded(graph)), policy: graph.policy, moment }
      const covered = async (entity: Entity, right: Right) => {
        const found = await Promise.all(
          entity.grants.map(async (grant) => {
            const { terms, state } = grantOn(grant, moment)
            if (grant.right !== right || state.in !== 'force') return []
            return (await coverageOf({ ...grant, grantee: entity, terms }, knownAt(histories, moment), deps)).covered
          }),
        )
        return new Set(found.flat().map(({ record }) => record.id))
      }
      for (const [place] of graph.entities.entries()) {
        const id = idOf(place)
        const entity = entityAt(id, await deps.trust(id), EVERYTHING)
        // An entity that is not trusted here at all, or has its own mandate, is no question of grants.
        if (entity === undefined || entity.sandbox || !isAdmitted(graph.policy, entity)) continue
        for (const right of ['issue', 'accredit'] as const) {
          if (right === 'accredit' && isWholeRoot(entity, graph.policy)) continue
          const own = await covered(entity, right)
          for (const qualification of histories) {
            const question = { ...aQuestion(id, { right, site: ANY_SITE, place: placeOf(entity) }), qualification }
            const { standing } = await accreditationStatus(question, deps)
            expect([id, right, qualification.id, own.has(qualification.id)]).toEqual([
              id,
              right,
              qualification.id,
              standing === 'authorised',
            ])
          }
        }
      }
    }),
    { numRuns: runs(40, 500) },
  )
})
