import { expect, test } from 'vitest'
import { findStateProfile, professions, states } from './index.ts'
import { findCertifier, listArrangements, listCertifiers, listStateProfiles } from './shipped-baseline.ts'

const confidences = ['high', 'medium-high', 'medium', 'medium-low', 'low']
const stateCodes = states.map(({ iso2 }) => iso2)
const isText = (value: unknown) => typeof value === 'string' && value.trim() === value && value !== ''

/** Every fact names its sources and how well they support it. */
function expectSourced({ sources, confidence }: { sources: readonly string[]; confidence: string }): void {
  expect(sources.length).toBeGreaterThan(0)
  expect(sources.every(isText)).toBe(true)
  expect(confidences).toContain(confidence)
}

const expectMembers = (record: object, allowed: string[]) =>
  expect(Object.keys(record).filter((name) => !allowed.includes(name))).toEqual([])

test('R-074: each of the eleven states has a profile', () => {
  expect(listStateProfiles().map(({ state }) => state)).toEqual(stateCodes)
  expect(stateCodes).toHaveLength(11)
})

test.each(listStateProfiles())('the profile of $state is complete, and each fact has its source', (profile) => {
  const { state, framework, bodies, standards, assurance, certificateLanguages, qualifications } = profile
  // biome-ignore format: it reads as a table
  expectMembers(profile, ['state', 'name', 'certificateLanguages', 'standards', 'assurance', 'framework', 'bodies', 'professions', 'qualifications'])
  expect(framework.state).toBe(state)
  expect(bodies.length).toBeGreaterThan(0)
  expect(bodies.every((body) => body.state === state)).toBe(true)
  expect(qualifications.length).toBeGreaterThan(0)
  expectSourced(certificateLanguages)
  expect(certificateLanguages.codes.length).toBeGreaterThan(0)
  for (const code of certificateLanguages.codes) expect(code).toMatch(/^[a-z]{2,3}$/)
  for (const fact of [...standards, ...assurance]) {
    expectMembers(fact, ['text', 'body', 'place', 'sources', 'confidence'])
    expectSourced(fact)
    expect(fact.text).toMatch(/^[A-Z].*[^.]$/)
    // The body is of the same state. The place has no `https://`, because no page links to it.
    if (fact.body !== undefined) expect(findCertifier(fact.body)?.state).toBe(state)
    if ('place' in fact) expect(fact.place).toMatch(/^[a-z-]+(\.[a-z-]+)+(\/[\w-]+)*$/)
  }
})

test('R-014: every state lists its regulators for every profession, with names and sources, or none', () => {
  for (const profile of listStateProfiles()) {
    expect(profile.professions.map(({ arrangement }) => arrangement.id)).toEqual(professions)
    for (const { arrangement, regulators } of profile.professions) {
      // Regulators in other states are not facts about this state.
      expect(arrangement).not.toHaveProperty('regulators')
      for (const regulator of regulators) {
        expectMembers(regulator, ['name', 'body', 'sources', 'confidence'])
        expect(isText(regulator.name)).toBe(true)
        expectSourced(regulator)
      }
    }
  }
})

test('a body with its own record is listed in place of the bare name', () => {
  const engineering = findStateProfile('MY', listStateProfiles())?.professions.find(
    ({ arrangement }) => arrangement.id === 'engineering',
  )
  expect(engineering?.regulators).toEqual([
    expect.objectContaining({ name: 'Board of Engineers Malaysia', body: 'my-bem', confidence: 'high' }),
  ])
})

test('no regulator is invented for Timor-Leste or for tourism', () => {
  expect(findStateProfile('TL', listStateProfiles())?.professions.flatMap(({ regulators }) => regulators)).toEqual([])
  for (const { professions: each } of listStateProfiles())
    expect(each.find(({ arrangement }) => arrangement.id === 'tourism')?.regulators).toEqual([])
})

test.each(listArrangements())('the arrangement on $id has sources', (arrangement) => {
  expectMembers(arrangement, ['id', 'name', 'signed', 'title', 'register', 'regulators'])
  expect(isText(arrangement.name)).toBe(true)
  expect(arrangement.signed.on).toMatch(/^\d{4}(-\d\d){0,2}$/)
  expectSourced(arrangement.signed)
  const { regulators } = arrangement
  if (regulators === undefined) return
  expectSourced(regulators)
  for (const [state, name] of Object.entries(regulators.names)) {
    expect(stateCodes).toContain(state)
    expect(isText(name)).toBe(true)
  }
})

test('every arrangement that a body names exists', () => {
  for (const { arrangements = [] } of listCertifiers())
    expect(arrangements.filter((id) => !(professions as readonly string[]).includes(id))).toEqual([])
})

test('a state is found in upper or lower case, and no other text finds one', () => {
  expect(findStateProfile('th', listStateProfiles())).toEqual(findStateProfile('TH', listStateProfiles()))
  expect(findStateProfile('TH', listStateProfiles())?.name).toBe('Thailand')
  for (const text of ['', 'XX', 'T', 'TH ', 'THA', '__proto__', 'constructor', 'ıd', 'ſg', 'mY\n'])
    expect(findStateProfile(text, listStateProfiles())).toBeUndefined()
})

test('records never say equivalent, or that recognition is automatic', () => {
  expect(JSON.stringify([listStateProfiles(), listArrangements()])).not.toMatch(/equivalen|automatically recogni/i)
})
