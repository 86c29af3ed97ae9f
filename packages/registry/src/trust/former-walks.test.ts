import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { grantsBelow as formerGrantsBelow } from '../../../../test/support/former-walks/grants-below.ts'
import { requireHeld as formerRequireHeld } from '../../../../test/support/former-walks/holding.ts'
import {
  accreditationsInForce as formerAccreditationsInForce,
  vouchedFor as formerVouchedFor,
} from '../../../../test/support/former-walks/in-force.ts'
import { oversees as formerOversees } from '../../../../test/support/former-walks/overseers.ts'
import { accreditationStatus as formerIssuerStanding } from '../../../../test/support/former-walks/standing.ts'
import { statusChanges as formerTurnsOf } from '../../../../test/support/former-walks/turns.ts'
import { answersOf, chainOf, drawnGraphs, type Walks } from '../../../../test/support/random-grants.ts'
import { requireHeld } from '../decisions/holding.ts'
import { oversees } from '../decisions/overseers.ts'
import { accreditationStatus } from './accreditation-status.ts'
import { grantsBelow } from './grants-below.ts'
import { accreditationsInForce, vouchedFor } from './in-force.ts'
import { statusChanges } from './status-changes.ts'

const numRuns = Number(process.env.GRAPHS ?? 50)

const walks: Walks = {
  accreditationStatus,
  accreditationsInForce,
  vouchedFor,
  requireHeld,
  grantsBelow,
  oversees,
  statusChanges,
}
const former: Walks = {
  accreditationStatus: formerIssuerStanding,
  accreditationsInForce: formerAccreditationsInForce,
  vouchedFor: formerVouchedFor,
  requireHeld: formerRequireHeld,
  grantsBelow: ({ id: holder, grants }, deps) => formerGrantsBelow({ holder, grants }, deps),
  oversees: formerOversees,
  statusChanges: formerTurnsOf,
}

test('about every graph of grants each walk answers what it answered before', async () => {
  await fc.assert(
    fc.asyncProperty(drawnGraphs, async (graph) => {
      expect(await answersOf(graph, walks)).toEqual(await answersOf(graph, former))
    }),
    { numRuns },
  )
}, 3_600_000)

test.each([2, 3, 4, 5, 6, 7, 8])('and about a chain of %i', async (length) => {
  expect(await answersOf(chainOf(length), walks)).toEqual(await answersOf(chainOf(length), former))
})
