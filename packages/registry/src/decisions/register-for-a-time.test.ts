import { beforeEach, describe, expect, test } from 'vitest'
import { HOST, tokenOf, withHost } from '../../../../test/support/host-world.ts'
import { MINUTE } from '../../../../test/support/registry-world.ts'
import { verifyDocument, verifyLink } from '../verification/verify.ts'
import { openSingle } from './propose-single.ts'
import type { SingleTerms } from './single-draft.ts'

const DAY = 24 * 60 * MINUTE
let here: Awaited<ReturnType<typeof withHost>>
let token: string
beforeEach(async () => {
  here = await withHost()
  token = tokenOf((await here.world.issue()).link)
})
const dayIn = (days: number) => new Date(here.now().getTime() + days * DAY).toISOString().slice(0, 10)
const inDays = (days: number) => here.world.verifying(new Date(here.now().getTime() + days * DAY))
const terms = (change: Partial<NonNullable<SingleTerms['registration']>> = {}): Partial<SingleTerms> => ({
  result: 'temporary',
  until: dayIn(30),
  registration: {
    activity: 'training',
    scope: 'Brickwork under supervision',
    place: 'Training centre of Bang Na',
    supervisor: 'Somchai Example',
    isRenewable: true,
    ...change,
  },
})

describe('a registration for a time', () => {
  test('R-042: states scope, place and end; the page of the link says so, and the certificate has the verdict of before', async () => {
    const { verdict } = await here.shown(token)
    const { document } = await here.decide(token, terms())
    expect(await here.shown(token)).toMatchObject({
      verdict,
      recognition: [
        {
          kind: 'single',
          result: 'temporary',
          applies: 'now',
          until: dayIn(30),
          registration: {
            activity: 'training',
            scope: 'Brickwork under supervision',
            place: 'Training centre of Bang Na',
            isSupervised: true,
            isRenewable: true,
          },
        },
      ],
    })
    expect(JSON.stringify(document)).not.toMatch(/Somchai|RODEL/)
  })

  test('R-042: it ends by itself at its last day, without any commit, and is never valid by itself', async () => {
    const { document } = await here.decide(token, terms())
    const commits = here.world.store.appended.length
    for (const [days, applies] of [
      [29, 'now'],
      [31, 'ended'],
    ] as const)
      expect((await verifyLink(token, inDays(days))).verification.recognition).toMatchObject([{ applies }])
    const alone = await verifyDocument(document ?? {}, inDays(31))
    expect(alone).toMatchObject({
      about: 'decision',
      verdict: 'indeterminate',
      recognition: [{ applies: 'ended', until: dayIn(30) }],
    })
    expect(here.world.store.appended).toHaveLength(commits)
  })

  test('R-042: one that begins later does not count before its first day', async () => {
    await here.decide(token, terms({ from: dayIn(10) }))
    expect((await here.shown(token)).recognition).toMatchObject([{ applies: 'future' }])
    expect((await verifyLink(token, inDays(11))).verification.recognition).toMatchObject([{ applies: 'now' }])
  })

  test('R-028: the title and the right to practise are two decisions, and neither takes the place of the other', async () => {
    const title = await here.decide(token)
    const registration = await here.decide(token, terms())
    expect((await here.shown(token)).recognition?.map(({ result, applies }) => [result, applies])).toEqual([
      ['full', 'now'],
      ['temporary', 'now'],
    ])
    await expect(here.propose(token, terms())).rejects.toMatchObject({ reason: 'decided-already' })
    await expect(here.propose(token, terms(), { replaces: title.record.id })).rejects.toMatchObject({
      code: 'conflict',
    })
    await expect(here.propose(token, {}, { replaces: registration.record.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('R-042: a renewal names the former one, only if that may be renewed, also after its last day', async () => {
    const first = await here.decide(token, terms())
    const second = await here.decide(token, terms({ isRenewable: false }), { replaces: first.record.id })
    expect(JSON.stringify(second.document)).toContain(`urn:uuid:${first.record.id}`)
    expect((await here.shown(token)).recognition).toMatchObject([
      { applies: 'ended', replacedBy: second.record.id },
      { applies: 'now' },
    ])
    await expect(here.propose(token, terms(), { replaces: second.record.id })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('R-042: one that ended by itself stands in the way of no other one, also where it may not be renewed', async () => {
    await here.decide(token, terms({ isRenewable: false }))
    here.pass(32 * DAY)
    await here.decide(token, terms())
    expect((await here.shown(token)).recognition).toMatchObject([{ applies: 'ended' }, { applies: 'now' }])
  })

  test('R-042, I47: no commit and no signed document has the supervisor, and officers of the host read who it is', async () => {
    const { record, document } = await here.decide(token, terms())
    const written = here.world.store.appended.filter(({ stream }) => stream.startsWith(`${HOST}/single/`))
    const boxes = here.world.store.boxes.map(({ sealed }) => Buffer.from(sealed).toString('latin1'))
    expect(JSON.stringify([written, document, boxes])).not.toMatch(/Somchai|Bang Na.*Somchai/)
    const { draft } = await openSingle({ authority: HOST, subject: 'two', id: record.id }, here.world.at(here.next()))
    expect(draft.terms.registration?.supervisor).toBe('Somchai Example')
  })

  test.each<[string, () => Partial<SingleTerms>, string]>([
    ['without a last day', () => ({ ...terms(), until: undefined as never }), '/until'],
    ['with another result', () => ({ ...terms(), result: 'full' }), '/result'],
    ['that ends before it begins', () => terms({ from: dayIn(40) }), '/until'],
    ['with the holder in its scope', () => terms({ scope: 'For Mr. Manalo only' }), '/registration/scope'],
    ['with the supervisor in its place', () => terms({ place: 'With SOMCHAI  Example' }), '/registration/place'],
    ['that reads like a verdict', () => terms({ scope: 'VALID in all ten states' }), '/registration/scope'],
  ])('R-042, I46, K007: one %s is refused', async (_, change, pointer) => {
    await expect(here.propose(token, change())).rejects.toMatchObject({
      code: 'validation-failed',
      faults: expect.arrayContaining([expect.objectContaining({ pointer })]),
    })
  })

  test.each(['limited-practice', 'training', 'expert-visit', 'humanitarian-mission', 'education'] as const)(
    'R-043: %s is an activity of its own',
    async (activity) => {
      await here.decide(token, terms({ activity }))
      expect((await here.shown(token)).recognition).toMatchObject([{ registration: { activity } }])
    },
  )
})
