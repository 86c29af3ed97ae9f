import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { aBricklayer, asPage, checkOf, type Issued, officerOf, pathOf, TESDA, uuidOf, verify } from './certificate.ts'

/** A body finds that less was shown than it certified. A certificate of less replaces the first one. */
let registry: OpenRegistry
let officer: ReturnType<typeof officerOf>
beforeAll(async () => {
  registry = await openRegistry()
  officer = officerOf(registry, TESDA)
})
afterAll(() => registry.close())

const all = ['CON712301', 'CON712302', 'CON712303', 'CON712304', 'CON712305']
const kept = all.slice(0, 2)
const limits = 'Walls up to three metres only'

/** The text that people read before they ask for the name, without markup. */
const pageOf = async (issued: Issued) =>
  (await registry.ask(pathOf(issued), { headers: asPage })).text.replace(/<[^>]+>/g, '\n')
const unitsOf = (certificate: Record<string, unknown> | undefined) =>
  ((certificate?.units ?? []) as { code: string }[]).map(({ code }) => code)

const reductions = [
  ['fewer units', { units: kept }],
  ['new limits', { units: all, limits }],
] as const

describe.each(reductions)('a certificate that another of %s replaces', (about, reduced) => {
  let first: Issued
  let second: Issued
  beforeAll(async () => {
    const number = `REDUCED ${about}`
    first = await officer.issue(aBricklayer(number, { units: all }))
    expect(await verify(registry, { link: first.link })).toMatchObject({ verdict: 'valid' })
    // The number passes to the new certificate, because it is the same award with less in it.
    second = await officer.issue(
      aBricklayer(number, { ...reduced, replaces: first.id }),
      `reduced-${about.replace(' ', '-')}`,
    )
  })

  test('is superseded, by its link and by its file, and the verdict names its successor', async () => {
    const byLink = { link: first.link, options: { show: ['person'] } }
    for (const question of [byLink, { verifiableCredential: first.verifiableCredential }]) {
      const old = await verify(registry, question)
      expect(old.verdict).toBe('invalid')
      expect(checkOf(old, 'status')).toMatchObject({
        outcome: 'failed',
        reason: 'superseded',
        evidence: { class: 'superseded', successor: second.id },
      })
      expect(old.checks.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1)
      expect(old.history?.at(-1)).toMatchObject({ state: 'superseded', successor: uuidOf(second) })
      // Its own claims are still shown, as claims.
      expect(unitsOf(old.certificate)).toEqual(all)
      expect(old.certificate?.qualification).not.toHaveProperty('limits')
    }
  })

  test('says so at the head of its page, with advice and without a link to the successor', async () => {
    const page = await pageOf(first)
    expect(page).toContain('Not valid: replaced by a newer one')
    expect(page).toContain('This one no longer counts, but the newer one may.')
    expect(page).toContain('Ask the person for the link of the newer certificate.')
    expect(page).toContain('What it was')
    for (const code of all) expect(page).toContain(code)
    expect(page).not.toContain(limits)
    // The link opens the successor, and only its holder may show it.
    expect(page).not.toContain(second.link.slice(-26))
  })

  test('the successor is valid for its own claims, and for no more', async () => {
    const answer = await verify(registry, { link: second.link })
    expect(answer).toMatchObject({ verdict: 'valid', history: [{ state: 'in-force' }] })
    expect(unitsOf(answer.certificate)).toEqual(reduced.units)
    const page = await pageOf(second)
    expect(page).toMatch(/\nValid\n/)
    // What a part does not have is named as such, after what it has.
    const [achieved = ''] = page.split('Not in this certificate')
    for (const code of all)
      expect(achieved.includes(code), code).toBe((reduced.units as readonly string[]).includes(code))
  })

  test('it cannot be brought back by lifting, or by replacing the successor with it', async () => {
    expect((await officer.change(first, 'reinstate', {})).status).toBe(409)
    const back = await officer.change(second, 'revoke', { reason: 'superseded', successor: first.id })
    expect(back.status).toBe(422)
    expect(await verify(registry, { link: second.link })).toMatchObject({ verdict: 'valid' })
  })
})

test('fewer units are a part of the qualification, which has no level of its own; new limits leave the level as it was', async () => {
  const [part, limited] = await Promise.all(
    reductions.map(async ([about, reduced]) => {
      const issued = await officer.issue(aBricklayer(`LEVEL ${about}`, reduced))
      const answer = await verify(registry, { link: issued.link, options: { show: ['person'] } })
      return { page: await pageOf(issued), answer }
    }),
  )
  expect(part?.answer.certificate?.qualification).toMatchObject({ kind: 'MicroCredential', partOf: expect.any(Object) })
  expect(part?.answer.levels.filter(({ level }) => level !== undefined)).toEqual([])
  expect(part?.page).toContain('A part has no level of its own')
  expect(limited?.answer.certificate?.qualification).toMatchObject({ limits })
  expect(limited?.answer.levels).toContainEqual(expect.objectContaining({ framework: 'PQF', level: '2' }))
  // Limits are free text, so they are shown with the name.
  expect(limited?.page).toContain('There are some. They are shown with the name.')
  expect(limited?.page).not.toContain(limits)
})
