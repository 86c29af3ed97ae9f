import type { QualificationHistory } from '@sijil/registry/catalogue'
import { coverageOf, entityAt, grantOn, knownAt, trustOf } from '@sijil/registry/trust'
import { MemoryStore } from '../../test/support/memory-store.ts'
import type { Subject } from '../rounds.ts'
import { CHAIN, policy, recordChain } from '../trust-chains.ts'
import { histories } from './catalogue.ts'

const MOMENT = '2026-12-01T12:00:00.000Z'
const [, , BODY] = CHAIN

/** What a grant of a whole framework covers, counted among as many records as a region may have, under a chain of three. */
export async function openCoverageSubjects(count?: number): Promise<Subject[]> {
  const store = new MemoryStore()
  await recordChain(store)
  const trust = trustOf(store)
  const grantee = entityAt(BODY, await trust(BODY), MOMENT)
  const grant = grantee?.grants[0]
  if (grantee === undefined || grant === undefined) throw new Error('the chain has no body')
  const all: readonly QualificationHistory[] = histories(count)
  const known = knownAt(all, MOMENT)
  const { terms } = grantOn(grant, MOMENT)
  const expected = known.filter(({ record }) => record.framework === 'PQF').length
  return [
    {
      name: 'coverage of a grant',
      async run() {
        const { covered } = await coverageOf({ ...grant, grantee, terms }, known, { trust, policy, moment: MOMENT })
        return covered.length === expected && expected > 0
      },
    },
  ]
}
