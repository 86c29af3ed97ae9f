import { describe, expect, test } from 'vitest'
import { aWorld, noon, type World } from '../../../../test/support/registry-world.ts'
import { RegistryError } from '../errors.ts'

describe('a fault is described in words, with the pointer to the member that was sent', () => {
  const faultsOf = async (change: Parameters<World['issue']>[0], now = noon) => {
    const world = await aWorld()
    const refused = await world.issue(change, { deps: { now } }).catch((error: unknown) => error)
    return refused instanceof RegistryError ? refused.faults : refused
  }

  test.each([
    ['.', 'has no letter'],
    ['1234', 'has no letter'],
    ['A\u200b', 'has an invisible character'],
    [`A${'\u0301'.repeat(9)}`, 'has too many marks on one letter, or begins with a mark'],
  ])('of the name %j', async (name, detail) => {
    expect(await faultsOf({ holder: { name, nativeName: name } })).toEqual([
      { pointer: '/holder/name', detail },
      { pointer: '/holder/nativeName', detail },
    ])
  })

  test.each(['-', ' - - ', '\u2013/'])(
    'of the number %j, which has neither a letter nor a digit',
    async (certificateNumber) => {
      const fault = { pointer: '/certificateNumber', detail: 'has neither a letter nor a digit' }
      expect(await faultsOf({ certificateNumber })).toEqual([fault])
    },
  )

  test('of a text that is too long or has blanks around it, for both ways of issuing', async () => {
    const long = {
      certificateNumber: '1'.repeat(65),
      method: 'other' as const,
      otherMethod: 'm'.repeat(401),
      limits: 'l'.repeat(1_001),
      holder: { name: ' JUAN DELA CRUZ ', nativeName: 'ก'.repeat(201) },
    }
    expect(await faultsOf(long)).toEqual([
      { pointer: '/holder/nativeName', detail: 'must have at most 200 characters' },
      { pointer: '/certificateNumber', detail: 'must have at most 64 characters' },
      { pointer: '/otherMethod', detail: 'must have at most 400 characters' },
      { pointer: '/limits', detail: 'must have at most 1000 characters' },
      { pointer: '/holder/name', detail: 'begins or ends with a blank' },
    ])
    expect(await faultsOf({ certificateNumber: '1'.repeat(64) })).toMatchObject({ replayed: false })
  })

  test('of a way of assessment: free text beside a value of the list, and no free text beside "other"', async () => {
    const text = 'In two steps'
    const detail = (list: string) =>
      `is only for a ${list} that its list does not have: leave it out, or give other as ${list}`
    expect(await faultsOf({ otherRoute: text, method: 'interview', otherMethod: text })).toEqual([
      { pointer: '/otherRoute', detail: detail('route') },
      { pointer: '/otherMethod', detail: detail('method') },
    ])
    expect(await faultsOf({ route: 'other', method: 'other' })).toEqual([
      { pointer: '/otherRoute', detail: 'say which, as route is other' },
      { pointer: '/otherMethod', detail: 'say which, as method is other' },
    ])
  })

  test('of limits that name the holder, beside any other fault, and without repeating the name', async () => {
    const holder = { name: 'JUAN DELA CRUZ', nativeName: 'ฮวน' }
    const fault = {
      pointer: '/limits',
      detail: 'has a name of the holder in it: say what is limited, and leave the person out',
    }
    for (const limits of ['Only for Juan', 'เฉพาะฮวน']) expect(await faultsOf({ holder, limits })).toEqual([fault])
    expect(await faultsOf({ holder, limits: 'Juan', otherRoute: 'x' })).toContainEqual(fault)
    expect(await faultsOf({ holder, limits: 'Not for load-bearing walls' })).toMatchObject({ replayed: false })
  })

  test('of an end before the award, even if the day of the award has begun only in the east', async () => {
    const dates = { assessedOn: undefined, awardedOn: '2026-03-03', validUntil: '2026-03-02' }
    const fault = { pointer: '/validUntil', detail: 'this day is before the award' }
    expect(await faultsOf(dates, new Date('2026-03-02T17:00:00Z'))).toEqual([fault])
  })

  test('of the day on which validity begins', async () => {
    const detail = 'this certificate would have ended already'
    const assessedOn = '2019-12-30'
    expect(await faultsOf({ assessedOn, awardedOn: undefined })).toEqual([{ pointer: '/assessedOn', detail }])
    expect(await faultsOf({ assessedOn, awardedOn: '2019-12-31' })).toEqual([{ pointer: '/awardedOn', detail }])
  })

  test('of a day that has not begun anywhere on earth', async () => {
    const tomorrow = { assessedOn: undefined, awardedOn: '2026-03-03' }
    const fault = { pointer: '/awardedOn', detail: 'this day lies in the future' }
    expect(await faultsOf(tomorrow, new Date('2026-03-02T09:59:59Z'))).toEqual([fault])
    expect(await faultsOf(tomorrow, new Date('2026-03-02T10:00:00Z'))).toMatchObject({ replayed: false })
  })
})

test('a way of assessment is signed as the text of its list, and free text as it was sent', async () => {
  const evidenceOf = async (change: Parameters<World['issue']>[0]) =>
    (await (await aWorld()).issue(change)).verifiableCredential as unknown as { evidence: object[] }
  expect((await evidenceOf({ route: 'prior-learning', method: 'demonstration-and-questioning' })).evidence).toEqual([
    expect.objectContaining({
      genre: 'Assessment',
      name: 'Recognition of prior learning',
      narrative: 'Practical demonstration and oral questioning',
    }),
  ])
  const others = { route: 'other', otherRoute: 'In two steps', method: 'other', otherMethod: 'By hand' } as const
  expect((await evidenceOf(others)).evidence).toEqual([
    expect.objectContaining({ name: 'In two steps', narrative: 'By hand' }),
  ])
})
