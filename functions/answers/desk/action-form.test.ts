import { RegistryError } from '@sijil/registry'
import { describe, expect, test } from 'vitest'
import { readForm } from './action-form.ts'
import { deskActions } from './action-table.ts'
import type { DeskAction } from './desk-action.ts'
import { suspensionOf } from './reason-input.ts'

const chance = { now: new Date('2026-03-02T08:30:00Z'), newId: () => '00000000-0000-4000-8000-000000000000' }
const made = (action: DeskAction, form: Record<string, string>, state = 'TH') => {
  const { target, body } = readForm(form, action, 'demo-th-onec')
  return action.make(target, body, chance, { state, here: 'samudra.example' })
}
const faultsOf = (work: () => unknown): string[] => {
  try {
    work()
  } catch (error) {
    if (error instanceof RegistryError) return [error.code, ...error.faults.map(({ pointer }) => pointer)]
    throw error
  }
  return []
}

const { accredit } = deskActions
const reason = { basis: ' B.E. 2569/1 ', reason: 'Reviewed' }
const aForm = (change: Record<string, string> = {}) => ({
  grantee: 'demo-th-dsd',
  right: 'issue',
  'scope.qualifications:th-brick-1': 'yes',
  'scope.qualifications:th-belec-1': 'yes',
  ...reason,
  ...change,
})
const without = (name: string) => {
  const { [name as 'basis']: _, ...rest } = aForm()
  return rest as Record<string, string>
}

test('the form of an accreditation makes the change that the API makes', () => {
  expect(
    made(accredit, aForm({ effectiveFrom: '2026-01-01', until: '2027-12-31', pilot: 'yes', mayChangeStatus: 'yes' })),
  ).toEqual({
    verb: 'accredit',
    grant: '00000000',
    grantee: 'demo-th-dsd',
    right: 'issue',
    scope: { qualifications: ['th-brick-1', 'th-belec-1'], places: ['TH'] },
    until: '2027-12-31T23:59:59Z',
    pilot: true,
    mayChangeStatus: true,
    basis: 'B.E. 2569/1',
    reason: 'Reviewed',
    effectiveAt: '2026-01-01T00:00:00.000Z',
  })
})

test('an authority of all of ASEAN limits no place, and a whole framework is named by its id', () => {
  const { 'scope.qualifications:th-brick-1': _, 'scope.qualifications:th-belec-1': __, ...form } = aForm()
  expect(made(accredit, aForm(), 'ASEAN')).toMatchObject({ scope: { qualifications: ['th-brick-1', 'th-belec-1'] } })
  expect(JSON.stringify(made(accredit, aForm(), 'ASEAN'))).not.toContain('places')
  expect(made(accredit, { ...form, 'scope.framework': 'NQF-TH' })).toMatchObject({
    scope: { qualifications: { framework: 'NQF-TH' } },
  })
})

test('R-081: an accreditation is limited to the assessment centres that were chosen', () => {
  const sites = { 'scope.sites:demo-th-centre-1': 'yes', 'scope.sites:demo-th-centre-2': 'yes' }
  expect(made(accredit, aForm(sites))).toMatchObject({
    scope: { sites: ['demo-th-centre-1', 'demo-th-centre-2'], places: ['TH'] },
  })
})

describe('an accreditation is refused', () => {
  test.each<[string, Record<string, string>, string]>([
    ['without a grantee', without('grantee'), '/grantee'],
    ['for a grantee with an invalid id', aForm({ grantee: '../x' }), '/grantee'],
    ['for a centre with an invalid id', aForm({ 'scope.sites:../x': 'yes' }), '/scope/sites/0'],
    ['without a right, because none is chosen for the officer', without('right'), '/right'],
    ['with an unknown right', aForm({ right: 'everything' }), '/right'],
    ['without a legal basis', without('basis'), '/basis'],
    ['with a legal basis that is too long for its column', aForm({ basis: 'x'.repeat(201) }), '/basis'],
    ['with a reason of spaces', aForm({ reason: '   ' }), '/reason'],
    ['with a character that reverses the direction of text', aForm({ reason: 'ok \u202e' }), '/reason'],
    ['with a day that does not exist', aForm({ effectiveFrom: '2026-02-30' }), '/effectiveFrom'],
    ['with an end that is not a day', aForm({ until: 'soon' }), '/until'],
    ['with a field that the form does not have', aForm({ keys: 'demo-my-mqa' }), ''],
  ])('%s', (_, form, pointer) => {
    expect(faultsOf(() => made(accredit, form))).toEqual(['validation-failed', pointer])
  })

  test('without a qualification, because it would allow nothing', () => {
    const form = { grantee: 'demo-th-dsd', right: 'issue', ...reason }
    expect(faultsOf(() => made(accredit, form))).toEqual(['validation-failed', '/scope/qualifications'])
  })

  test('with all mistakes at once', () => {
    expect(faultsOf(() => made(accredit, { grantee: 'demo-th-dsd' }))).toEqual([
      'validation-failed',
      '/right',
      '/basis',
      '/reason',
    ])
  })
})

test.each<[keyof typeof deskActions, Record<string, string>, object]>([
  [
    'add-member',
    { owner: 'demo-th-dsd', subject: 'person-9', 'roles:issue': 'yes', 'roles:read': 'yes' },
    { owner: 'demo-th-dsd', subject: 'person-9', roles: ['issue', 'read'] },
  ],
  ['remove-member', { owner: 'demo-th-dsd', member: 'person-9' }, { owner: 'demo-th-dsd', subject: 'person-9' }],
  [
    'compromise-key',
    { issuer: 'demo-th-dsd', kid: 'certificates-1', compromisedFrom: '2026-03-01T07:00' },
    { issuer: 'demo-th-dsd', kid: 'certificates-1', compromisedFrom: '2026-03-01T07:00:00.000Z' },
  ],
  [
    'end-placement',
    { placement: 'demo-th-dsd.cookery/2026/demo-th-onec.tqf', ...reason },
    { verb: 'end-placement', qualification: 'demo-th-dsd.cookery', edition: '2026', framework: 'demo-th-onec.tqf' },
  ],
  [
    'place-edition',
    { framework: 'demo-th-onec.tqf', placeable: 'demo-th-dsd.cookery/2026', level: '2', source: 'https://a.example' },
    { qualification: 'demo-th-dsd.cookery', placement: { framework: 'demo-th-onec.tqf', level: 2 } },
  ],
  [
    'recognise-class',
    {
      standard: 'ph-masonry-nc2',
      ofEdition: '2016',
      issuers: 'demo-tesda\n demo-other ',
      'award.from': '2026-01-01',
      'award.until': '2027-12-31',
      issuedUntil: '2028-03-31',
      result: 'part',
      recognisedUnits: 'U1\nU2',
      endsOn: '2030-12-31',
      entitles: 'wage\tClass 2\thttps://law.example/wages\t2026-02-01',
      appeal: 'To the board',
      basis: 'Act 5',
    },
    {
      verb: 'recognise-class',
      recognised: { qualification: 'ph-masonry-nc2', edition: '2016' },
      class: {
        issuers: ['demo-tesda', 'demo-other'],
        award: { from: '2026-01-01', until: '2027-12-31' },
        issuedUntil: '2028-03-31',
      },
      terms: {
        result: 'part',
        units: ['U1', 'U2'],
        until: '2030-12-31',
        entitles: [{ kind: 'wage', text: 'Class 2', source: 'https://law.example/wages', readOn: '2026-02-01' }],
        appeal: 'To the board',
        basis: 'Act 5',
      },
    },
  ],
  [
    'end-recognition',
    { decided: 'd1 2016%2F1 ph-masonry-nc2', ...reason },
    { verb: 'end-recognition', decision: 'd1', recognised: { qualification: 'ph-masonry-nc2', edition: '2016/1' } },
  ],
  [
    'record-appeal',
    { decided: 'd1 2016 ph-masonry-nc2', appealState: 'open', appealNote: 'One appeal.' },
    { verb: 'record-appeal', decision: 'd1', state: 'open', note: 'One appeal.' },
  ],
  ['set-brake', { issuer: 'demo-th-dsd', limit: '7', ...reason }, { issuer: 'demo-th-dsd', limit: 7 }],
  [
    'accept-list',
    { registry: 'https://b.example', keys: 'one\n two \n', 'states:MY': 'yes', basis: 'Treaty' },
    { registry: 'https://b.example', keys: ['one', 'two'], states: ['MY'], basis: 'Treaty' },
  ],
  [
    'endorse-list',
    { registry: 'https://b.example', keys: 'one', basis: 'Treaty' },
    { verb: 'accept-list', kind: 'regional-endorsement' },
  ],
  [
    'suspend-key',
    { issuer: 'demo-th-dsd', kid: 'certificates-1' },
    { verb: 'suspend-key', issuer: 'demo-th-dsd', kid: 'certificates-1' },
  ],
  [
    'withdraw',
    { accreditation: 'demo-th-dsd.main', effectiveFrom: '2026-01-01', ...reason },
    { verb: 'withdraw', grantee: 'demo-th-dsd', grant: 'main', effectiveAt: '2026-01-01T00:00:00.000Z' },
  ],
  [
    'succeed',
    { entity: 'demo-th-dsd', successor: 'demo-th-new', ...reason },
    { verb: 'succeed', id: 'demo-th-dsd', successor: 'demo-th-new' },
  ],
  [
    'change-contact',
    { owner: 'demo-th-dsd', contact: ' desk@dsd.example ', effectiveFrom: '2026-01-01' },
    { verb: 'change-contact', id: 'demo-th-dsd', contact: 'desk@dsd.example', effectiveAt: '2026-01-01T00:00:00.000Z' },
  ],
])('the form of %s makes its change', (name, form, change) => {
  expect(made(deskActions[name], form)).toMatchObject(change)
})

test('an empty contact is proposed as none, and one that is no safe address is refused at its field', () => {
  const form = { owner: 'demo-th-dsd', contact: '' }
  expect(made(deskActions['change-contact'], form)).toMatchObject({ contact: null })
  const hostile = { ...form, contact: 'javascript:alert(1)' }
  expect(faultsOf(() => made(deskActions['change-contact'], hostile))).toEqual(['validation-failed', '/contact'])
})

test('a limit that is no number is refused by the schema of the API', () => {
  const form = { issuer: 'demo-th-dsd', limit: '7.5', ...reason }
  expect(faultsOf(() => made(deskActions['set-brake'], form))).toEqual(['validation-failed', '/limit'])
})

test('a suspension takes a basis and a reason, and refuses other fields', () => {
  const grounds = { basis: ' B.E. 2569/1 ', why: 'Reviewed' }
  expect(suspensionOf(grounds)).toEqual({ basis: 'B.E. 2569/1', reason: 'Reviewed' })
  expect(suspensionOf({ ...grounds, all: 'yes' })).toMatchObject({ all: true })
  expect(faultsOf(() => suspensionOf({ ...grounds, from: '2020-01-01' }))).toEqual(['validation-failed', '/from'])
  expect(faultsOf(() => suspensionOf({ basis: 'x'.repeat(201), why: 'y' }))).toEqual(['validation-failed', '/basis'])
})

describe('a statement about a qualification', () => {
  const source = 'https://crafts.example/cookery'
  const statement = {
    title: 'Cookery',
    description: 'Found able to cook.',
    kind: 'skills-certificate',
    field: 'Food',
    source,
  }
  const edition = {
    'edition.id': '2026',
    'edition.from': '2026-01-01',
    'edition.units': 'code;title\nC1;Prepare vegetables\n"C2";"Prepare stocks; sauces"',
    'edition.source': source,
  }

  test('is the change that the API makes, with units as they were pasted', () => {
    const typed = { localId: 'cookery', ...statement, localTitles: 'th;การประกอบอาหาร', ...edition }
    const change = {
      verb: 'state-qualification',
      qualification: 'demo-th-onec.cookery',
      statement: { ...statement, localTitles: [{ language: 'th', text: 'การประกอบอาหาร' }] },
      edition: {
        id: '2026',
        from: '2026-01-01',
        units: [
          { code: 'C1', title: 'Prepare vegetables' },
          { code: 'C2', title: 'Prepare stocks; sauces' },
        ],
        validity: 'none',
        source,
      },
      effectiveAt: '2026-01-01T00:00:00.000Z',
    }
    expect(made(deskActions['state-qualification'], typed)).toEqual(change)
    const term = { 'edition.validity.years': '2', 'edition.validity.months': '6' }
    expect(made(deskActions['state-qualification'], { ...typed, ...term })).toMatchObject({
      edition: { validity: { years: 2, months: 6 } },
    })
  })

  test('names each faulty line of the pasted units, besides all other faults', () => {
    const typed = { localId: 'cookery', ...statement, ...edition, 'edition.units': 'C1;a\n;b\n\nC3;c;d', title: '' }
    expect(faultsOf(() => made(deskActions['state-qualification'], typed))).toEqual([
      'validation-failed',
      '/title',
      '/edition/units/1/code',
      '/edition/units/3',
    ])
  })

  test('names the international codes that it may have, and refuses a code of ESCO without its version', () => {
    const codes = (version: string) => ({
      'occupation.code': '5120',
      'occupation.title': 'Cooks',
      'occupation.url': 'https://codes.example/5120',
      'occupation.assignedBy': 'Council',
      'escoOccupation.version': version,
      'escoOccupation.code': '5120.1',
      'escoOccupation.title': 'cook',
      'escoOccupation.url': 'https://codes.example/cook',
      'escoOccupation.assignedBy': 'Board of Crafts',
    })
    const typed = { localId: 'cookery', ...statement, ...edition }
    expect(made(deskActions['state-qualification'], { ...typed, ...codes('1.2.0') })).toMatchObject({
      statement: {
        occupation: { scheme: 'ISCO-08', version: '2008', code: '5120', assignedBy: 'Council' },
        escoOccupation: { scheme: 'ESCO', version: '1.2.0', code: '5120.1', assignedBy: 'Board of Crafts' },
      },
    })
    const faulty = { ...typed, ...codes(''), 'escoOccupation.code': '5120' }
    expect(faultsOf(() => made(deskActions['state-qualification'], faulty))).toEqual([
      'validation-failed',
      '/escoOccupation/version',
      '/escoOccupation/code',
    ])
  })

  test('of today is typed into the forms that change it, and reads as the same statement', () => {
    const by = { statedBy: { id: 'demo-th-onec', name: 'Council' }, recordedOn: '2026-01-01' }
    const chosen = { url: 'https://codes.example/1', assignedBy: 'Council' }
    const value = {
      ...statement,
      kind: 'licence' as const,
      state: 'TH',
      localTitles: [{ language: 'th', text: 'การประกอบอาหาร' }],
      occupation: { scheme: 'ISCO-08', version: '2008', code: '5120', title: 'Cooks', ...chosen },
      escoOccupation: { scheme: 'ESCO', version: '1.2.0', code: '5120.1', title: 'cook', ...chosen },
      fieldOfEducation: { scheme: 'ISCED-F', version: '2013', code: '1013', title: 'Hotels and catering', ...chosen },
    }
    const first = {
      id: '2026',
      from: '2026-01-01',
      until: '2027-12-31',
      level: { framework: 'NQF-TH', national: 2 },
      units: [{ code: 'C1', title: 'Cook "hot" and cold food' }],
      validity: { years: 5 },
      source,
    }
    const stated = { statement: { value, ...by }, editions: [{ value: first, ...by }] }
    const { state: _, ...whole } = value
    const qualification = 'demo-th-onec.cookery'
    const { begins: beginsAnew } = deskActions['restate-qualification']
    expect(made(deskActions['restate-qualification'], { qualification, ...beginsAnew?.(stated) })).toMatchObject({
      qualification,
      statement: whole,
    })
    const { begins } = deskActions['state-edition']
    expect(made(deskActions['state-edition'], { qualification, ...begins?.(stated, '2026') })).toMatchObject({
      qualification,
      edition: first,
    })
    const next = { ...begins?.(stated), 'edition.id': '2028', 'edition.from': '2028-01-01', 'edition.source': source }
    const { until: __, ...lasting } = first
    expect(made(deskActions['state-edition'], { qualification, ...next })).toMatchObject({
      edition: { ...lasting, id: '2028', from: '2028-01-01', supersedes: '2026' },
    })
  })
})
