import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { after, aWorld, BODY, FROM, MINUTE, OFFICER } from '../../../../test/support/registry-world.ts'
import { withTwoOfficers } from '../../../../test/support/two-officers.ts'
import { runs } from '../../../../test/support/whole.ts'
import { issuerSecret, numberTag } from '../certificates/secrecy.ts'
import { revokeCertificate } from '../status/revoke.ts'
import { type CommitReader, nextCommit, streams } from '../stream.ts'
import { numberAfter, proposeNumber } from './next-number.ts'

test.each([
  ['26-MAS2-000001', '26-MAS2-000002'],
  ['26-MAS2-000099', '26-MAS2-000100'],
  ['N9', 'N10'],
  ['7', '8'],
  ['ก-๑๒', undefined],
  ['26/A', undefined],
  [`A${'9'.repeat(16)}`, undefined],
])('after %s comes %s', (number, next) => {
  expect(numberAfter(number)).toBe(next)
})

const MANY = runs(2_000, 100_000)
const asked = { issuer: BODY, subject: OFFICER, qualification: 'ph-masonry-nc2' }

test('the number after the last certificate of the qualification is proposed, to members who may issue', async () => {
  const world = await aWorld()
  const deps = { reader: world.store, secrets: world.keys, now: after(2 * MINUTE) }
  expect(await proposeNumber(asked, deps)).toBeUndefined()
  await world.issue({ certificateNumber: '26-MAS2-000041' })
  await world.issue({ certificateNumber: '26-MAS2-000007' }, { key: 'second', deps: { now: after(MINUTE) } })
  expect(await proposeNumber(asked, deps)).toEqual({ number: '26-MAS2-000008' })
  expect(await proposeNumber({ ...asked, qualification: 'ph-other' }, deps)).toBeUndefined()
  await expect(proposeNumber({ ...asked, subject: 'somebody' }, deps)).rejects.toMatchObject({ code: 'not-found' })
})

describe('a body with a pattern', () => {
  const numbered = async (numberPattern: string) => {
    const two = await withTwoOfficers()
    const { world } = two
    await two.decide(
      { verb: 'set-policy', body: BODY, secondPerson: [], batchFrom: 50, numberPattern, effectiveAt: FROM },
      BODY,
    )
    let keys = 0
    const issue = (certificateNumber: string) =>
      world.issue({ certificateNumber }, { key: `key-${++keys}`, deps: { now: two.next() } })
    const propose = async (now = two.next()) =>
      (await proposeNumber(asked, { reader: world.store, secrets: world.keys, now }))?.number
    return { issue, propose, next: two.next, world }
  }

  test('is proposed the next number that no certificate ever had, of any qualification', async () => {
    const { issue, propose } = await numbered('PH-YYYY-0000')
    expect(await propose()).toBe('PH-2026-0001')
    await issue('PH-2026-0001')
    expect(await propose()).toBe('PH-2026-0002')
    // A clerk typed a later one, and one of another form was the last.
    await issue('PH-2026-0002')
    await issue('PH-2026-0003')
    await issue('X-77')
    expect(await propose()).toBe('PH-2026-0004')
    expect(await propose(new Date('2027-01-01T00:00:00Z'))).toBe('PH-2027-0001')
  })

  test('is proposed no number of a certificate that was revoked, although it may be typed again', async () => {
    const { issue, propose, next, world } = await numbered('A-000')
    const { uuid } = await issue('A-001')
    await revokeCertificate({ issuer: BODY, uuid, actor: OFFICER, reason: 'misconduct' }, world.at(next()))
    expect(await propose()).toBe('A-002')
  })

  test('is proposed none after the last one, and then the clerk types it', async () => {
    const { issue, propose } = await numbered('B-000')
    await issue('B-999')
    expect(await propose()).toBeUndefined()
    await issue('B-998')
    expect(await propose()).toBeUndefined()
  })

  test('reads a few dozen records, however many numbers were given and whatever was issued last', async () => {
    const { world } = await numbered('C-000000')
    const secret = await issuerSecret(BODY, { reader: world.store, secrets: world.keys })
    for (let count = 1; count <= MANY; count++) {
      const stream = streams.number(BODY, numberTag(secret, `C-${String(count).padStart(6, '0')}`))
      const events = [{ type: 'number-claimed', uuid: randomUUID() }]
      await world.store.append(nextCommit(stream, [], { events, actor: 'system:issue', now: after(0) }))
    }
    let reads = 0
    const reader: CommitReader = {
      latest: (stream) => world.store.latest(stream),
      list: (...question) => world.store.list(...question),
      read: (...question) => {
        reads += 1
        return world.store.read(...question)
      },
    }
    const next = await proposeNumber(asked, { reader, secrets: world.keys, now: after(60 * MINUTE) })
    expect(next).toEqual({ number: `C-${String(MANY + 1).padStart(6, '0')}`, pattern: 'C-000000' })
    expect(reads).toBeLessThan(3 * Math.log2(MANY) + 10)
  })
})
