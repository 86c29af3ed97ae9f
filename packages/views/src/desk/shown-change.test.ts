import { nextCommit, streams } from '@sijil/registry'
import type { CatalogueEvent } from '@sijil/registry/catalogue'
import {
  accredit,
  amendAccreditation,
  approveProposal,
  type ProposedChange,
  proposeChange,
} from '@sijil/registry/decisions'
import { addMember } from '@sijil/registry/trust'
import { type DeskContext, proposalPage } from '@sijil/web'
import { describe, expect, test } from 'vitest'
import { AUTHORITY, aWorld, BODY, GRANT, noon } from '../../../../test/support/registry-world.ts'
import { decisionsIn } from '../../../../test/support/trust-world.ts'
import { shownChange } from './shown-change.ts'

const basis = 'Law 7 of 2569'
const effectiveAt = '2026-01-01T00:00:00.000Z'
const identity = {
  name: 'New Body',
  localName: { text: 'หน่วยใหม่', language: 'th' },
  acronym: 'NB',
  state: 'PH',
  website: 'https://new.example',
  mandate: 'Act 12',
  contact: 'desk@new.example',
  demonstration: true,
}
const terms = {
  scope: {
    qualifications: ['ph-masonry-nc1'],
    levels: { from: 1, to: 3 },
    fields: ['0732'],
    occupations: ['7112'],
    places: ['PH'],
    sites: ['taguig-hall'],
  },
  until: '2027-12-31T23:59:59Z',
  pilot: true,
  mayChangeStatus: true as const,
  assurance: { reviewer: 'Inspector', reviewedOn: '2025-05-06', findings: 'sound', gaps: ['no archive'] },
}
const grant = { grantee: BODY, grant: GRANT, basis, effectiveAt }
const externalKey = { kid: 'key-7', purpose: 'lists' as const, publicKeyMultibase: 'z6MkfElsewhere', possession: 'p' }
const lentKey = { keyRef: 'arn:aws:kms:local:111122223333:key/1', publicKeyMultibase: 'z6MkfLent', possession: 'p' }
const key = { issuer: BODY, kid: 'certificates-1' }

// biome-ignore format: it reads as a table
const cases: [ProposedChange, string[]][] = [
  [{ verb: 'accredit', grantee: BODY, grant: 'g2', right: 'accredit', jointly: AUTHORITY, onBehalfOf: 'ph-tesda', basis, effectiveAt, ...terms },
    ['to accredit others', 'PQF NCC', 'ph-tesda', 'Masonry NC I', '1 to 3', '0732', '7112', 'Philippines', 'Assessment centrestaguig-hall', '31 Dec 2027', 'PILOT', 'may suspend and revoke', 'Inspector', 'sound', 'no archive', basis, '1 Jan 2026']],
  [{ verb: 'amend', ...grant, ...terms }, ['Masonry NC I', 'before: ', 'Masonry NC II', '1 to 3', '0732', '7112', 'taguig-hallbefore: not limited', '31 Dec 2027', 'PILOT', 'no archive', basis, '1 Jan 2026']],
  [{ verb: 'lift', ...grant }, ['Lift the suspension', `${BODY}.${GRANT}`, 'Masonry NC II', basis, '1 Jan 2026']],
  [{ verb: 'join', ...grant }, ['Also grant', `${BODY}.${GRANT}`, 'Masonry NC II', basis, '1 Jan 2026']],
  [{ verb: 'withdraw', ...grant }, ['(Philippines)', 'for good', `${BODY}.${GRANT}`, basis, '1 Jan 2026']],
  [{ verb: 'revoke-certificate', issuer: BODY, certificate: '5a1f0c7e-3a52', reason: 'obtained-by-fraud' }, ['Revoke a certificate', '5a1f0c7e-3a52', 'fraud']],
  [{ verb: 'reinstate-certificate', issuer: BODY, certificate: '5a1f0c7e-3a52' }, ['Lift the suspension of a certificate', '5a1f0c7e-3a52']],
  [{ verb: 'register-body', id: 'new-body', identity, control: { domain: 'new.example', sha256: 'h4sh', readOn: '2026-03-01' } }, ['On 1 Mar 2026 an officer read the one-time text at new.example', 'h4sh', 'certification body', 'new-body', 'Register New Body (Philippines) as', 'หน่วยใหม่', 'NB', 'Philippines', 'https://new.example', 'Act 12', 'desk@new.example', 'never accepted in production']],
  [{ verb: 'register-centre', id: 'new-hall', identity, succeeds: BODY, resembles: [{ id: 'th-nb', name: 'NB of Bangkok', state: 'TH' }, { id: 'nb', name: 'NB Berhad', state: 'MY', registry: 'https://my.example' }], elsewhere: { did: 'did:web:new.example', keys: [externalKey] } }, ['assessment centre', 'new-hall', 'Act 12', 'did:web:new.example', 'z6MkfElsewhere', 'NB of Bangkok (Thailand) th-nb', 'NB Berhad (Malaysia) nb, in the list of https://my.example', `(demonstration) (Philippines) ${BODY}`]],
  [{ verb: 'register-authority', id: 'new-office', identity: { ...identity, legalReference: 'Act 99, section 3' } }, ['under this one', 'new-office', 'Act 99, section 3']],
  [{ verb: 'add-key-elsewhere', issuer: BODY, key: externalKey }, ['keeps itself', 'key-7', 'status lists', 'z6MkfElsewhere']],
  [{ verb: 'lend-key', issuer: BODY, purpose: 'certificates', key: lentKey }, ['account of its own', 'certificates', lentKey.keyRef, 'z6MkfLent']],
  [{ verb: 'certify-key', ...key, x5c: ['AAEC', 'AwQF'] }, ['X.509', 'certificates-1', 'AE:4B:32:80', '28:48:69:8A']],
  [{ verb: 'accept-list', registry: 'https://other.example', keys: ['other.example+0a1b2c3d+BAAA'], states: ['MY', 'SG'], basis }, ['Accept the list', 'https://other.example', 'other.example+0a1b2c3d+BAAA', 'Malaysia, Singapore', basis]],
  [{ verb: 'succeed', id: BODY, successor: AUTHORITY, basis, effectiveAt }, ['takes the place', BODY, AUTHORITY, basis, '1 Jan 2026']],
  [{ verb: 'change-contact', id: BODY, contact: 'desk@new.example', reason: 'moved', effectiveAt }, ['Change the contact', BODY, 'desk@new.examplebefore: none', 'moved', '1 Jan 2026']],
  [{ verb: 'add-key', issuer: BODY, purpose: 'lists', algorithm: 'Ed25519' }, ['new key', 'status lists', 'Ed25519']],
  [{ verb: 'retire-key', ...key, basis, reason: 'its card was lost' }, ['Retire a key', 'certificates-1', `${basis}: its card was lost`]],
  [{ verb: 'resume-key', ...key }, ['sign again', 'certificates-1']],
  [{ verb: 'compromise-key', ...key, compromisedFrom: '2026-02-03T04:05:00.000Z', reason: 'seen elsewhere' }, ['compromised', 'certificates-1', 'seen elsewhere', '3 Feb 2026, 04:05']],
  [{ verb: 'set-brake', issuer: BODY, limit: 60, basis }, ['before a second person is needed60', BODY, basis]],
  [{ verb: 'add-member', owner: BODY, subject: 'officer-9', roles: ['issue', 'approve'] }, ['member', 'officer-9', 'issue certificates', 'approve']],
  [{ verb: 'state-framework', framework: `${AUTHORITY}.sqf`, statement: { name: 'Samudra Framework', acronym: 'SQF', levels: 2, levelTitles: ['Craft', 'Master'], law: 'Act 5', source: 'https://sqf.example' }, effectiveAt }, ['State a qualifications framework', `${AUTHORITY}.sqf`, 'Samudra Framework (SQF)', 'CraftMaster', 'Act 5', 'https://sqf.example', 'This alone gives no certificate an AQRF level', '1 Jan 2026']],
  [{ verb: 'state-referencing', framework: `${AUTHORITY}.sqf`, referencing: { status: 'endorsed', endorsedOn: '2025-05-23', meeting: 'ninth', edition: 'of 2024', report: 'The report', source: 'https://sqf.example' }, effectiveAt }, ['The report', 'Endorsed by the AQRF Committee, 23 May 2025 ninth', 'of 2024', 'for awards from 1 Jan 2026 on carry the AQRF level']],
  [{ verb: 'confirm-levels', framework: `${AUTHORITY}.sqf`, table: { version: '7b', rows: [{ national: 1, aqrf: 2 }, { national: 2, aqrf: null }], source: 'https://sqf.example' }, effectiveAt }, ['Version of the table7b', 'Level 1AQRF 2', 'Level 2not known', 'If the AQRF level is not known, they carry none']],
  [{ verb: 'place-edition', qualification: `${BODY}.cookery`, edition: '2026', placement: { framework: `${AUTHORITY}.sqf`, level: 2, source: 'https://sqf.example/cookery' }, effectiveAt }, [`${BODY}.cookery`, '2026', `${AUTHORITY}.sqf`, 'Level2', 'https://sqf.example/cookery', 'Certificates that were issued before stay as they are']],
  [{ verb: 'end-placement', qualification: `${BODY}.cookery`, edition: '2026', framework: `${AUTHORITY}.sqf`, basis, effectiveAt }, [`${BODY}.cookery`, '2026', `${AUTHORITY}.sqf`, basis, 'carry no AQRF level']],
  [{ verb: 'describe-body', described: `body:${BODY}`, statement: { awards: [{ title: 'Baking 2', levels: [2], years: 5 }], mandate: { text: 'It examines bakers', law: 'Act 5', dated: '1994-08', source: 'https://board.example/act' }, practice: { assessment: 'Six hours of baking', assessors: 'Bakers of five years', certificate: 'Units and day', appeal: 'To the board', source: 'https://board.example/how' }, register: 'https://board.example/register', note: 'Moved', source: 'https://board.example' }, effectiveAt }, [BODY, 'Baking 2 · level 2 · 5 years', 'It examines bakers', 'https://board.example/act', 'Six hours of baking', 'Bakers of five years', 'Units and day', 'To the board', 'https://board.example/how', 'Act 5', 'Aug 1994', 'https://board.example/register', 'Moved', 'It gives no right']],
  [{ verb: 'describe-state', described: 'state:PH', statement: { certificateLanguages: { codes: ['en', 'fil'], source: 'https://board.example/l' }, standards: [{ text: 'Regulations of training', place: 'board.example', source: 'https://board.example/s' }], assurance: [{ text: 'Programmes are registered', source: 'https://board.example/a' }] }, effectiveAt }, ['en, fil', 'Regulations of training (board.example)https://board.example/s', 'Programmes are registered', 'before:', 'the page of the state']],
  [{ verb: 'recognise-class', recognised: { qualification: 'th-brick-1', edition: '2019' }, decision: 'd1', class: { issuers: [BODY, 'did:web:x.example'], award: { from: '2026-01-01', until: '2027-12-31' }, issuedUntil: '2028-03-31' }, terms: { result: 'part', units: ['U1'], conditions: 'With a helper', until: '2030-12-31', entitles: [{ kind: 'wage', text: 'Class 2', source: 'https://law.example', readOn: '2026-02-01' }], appeal: 'To the board', basis }, fitting: 'one-to-nine', effectiveAt }, ['Decide about certificates of another state', 'th-brick-1', '2019', 'd1', BODY, 'did:web:x.example', '1 Jan 2026 to 31 Dec 2027', '31 Mar 2028', 'only the units below', 'U1', 'With a helper', '31 Dec 2030', 'wage: Class 2 (https://law.example, 1 Feb 2026)', 'To the board', basis, 'One to nine']],
  [{ verb: 'end-recognition', recognised: { qualification: 'https://other.example/qualifications/x', edition: '1' }, decision: 'd1', basis, effectiveAt }, ['End a decision', 'https://other.example/qualifications/x', 'd1', basis, '1 Jan 2026']],
  [{ verb: 'record-appeal', recognised: { qualification: 'th-brick-1', edition: '2019' }, decision: 'd1', state: 'fell', note: 'Plastering is part of it.', effectiveAt }, ['Record an appeal', 'd1', 'the decision was wrong', 'Plastering is part of it.']],
  [{ verb: 'propose-comparison', joint: { kind: 'comparison', id: `${AUTHORITY}.bricks`, number: 3 }, parties: [{ registry: 'pantai.example', id: 'agency' }], comparison: { from: { qualification: 'sm.bricks', edition: '2027' }, to: { qualification: 'pt.masonry', edition: '2023' }, rows: [{ unit: 'PB-2', result: 'partial', by: ['BP-01'], note: 'By hand only.' }], aspects: { grades: { result: 'gap', note: 'No grades.' } } }, effectiveAt }, [`${AUTHORITY}.bricks 3`, 'agency pantai.example', 'sm.bricks 2027', 'pt.masonry 2023', 'PB-2match in part: By hand only. BP-01', 'Gradesmissing: No grades.', '1 Jan 2026']],
  [{ verb: 'propose-corridor', joint: { kind: 'corridor', id: `${AUTHORITY}.building`, number: 2 }, parties: [{ registry: 'pantai.example', id: 'agency' }], corridor: { title: 'Building trades', tracks: [{ id: 'bricks', skillsArea: 'Bricklaying', origin: 'XS', host: 'XL', demand: [{ access: 'public', artefact: 'demand-evidence', title: 'Survey of sites', address: 'https://labour.example/survey', sha256: 'ab12' }], occupations: [{ isco: '7112', descriptions: [{ language: 'th', text: 'ช่างก่ออิฐ' }], roles: ['Lays bricks'] }], areas: [{ area: 'Walls', occupations: ['7112'], qualifications: ['sm.bricks'] }] }] }, effectiveAt }, ['Building trades', 'bricks', 'XS → XL', 'Survey of sites (public)https://labour.example/surveyab12', 'ช่างก่ออิฐ', 'Lays bricks', 'Walls: 7112 sm.bricks']],
  [{ verb: 'declare-step', track: { corridor: `${AUTHORITY}.building`, id: 'bricks', step: '4' }, progress: 'done', on: '2026-01-01', part: 'Methods of assessment', evidence: [{ access: 'hash-only', artefact: 'practice-examination', title: 'Examination 3', sha256: 'cd34', nonce: '00' }] }, ['Everybody reads it', `${AUTHORITY}.building bricks`, 'done', '1 Jan 2026', 'Methods of assessment', 'practice-examination Examination 3 (only its kind and a hash are public)cd34']],
  [{ verb: 'withdraw-step', track: { corridor: `${AUTHORITY}.building`, id: 'bricks', step: '4' }, basis }, ['What stood stays readable', basis]],
  [{ verb: 'open-gaps', register: { corridor: `${AUTHORITY}.building`, id: 'bricks' }, comparison: { id: `${AUTHORITY}.bricks`, number: 3 } }, ['Open the gaps', `${AUTHORITY}.bricks 3`]],
  [{ verb: 'plan-gap', register: { corridor: `${AUTHORITY}.building`, id: 'bricks' }, gap: 'g1', action: 'A course of two days', office: 'Bureau of levels', due: '2026-01-01' }, ['g1', 'A course of two days', 'Bureau of levels', '1 Jan 2026']],
  [{ verb: 'declare-compliance', action: { arrangement: 'nursing', line: 'A.1', title: 'Publish the register' }, statement: { degree: 'part', on: '2026-01-01', evidence: [{ title: 'Register', address: 'https://nurses.example/register', sha256: 'ab12' }] } }, ['Everybody reads it', 'Nursing', 'A.1 Publish the register', 'in part', '1 Jan 2026', 'Registerhttps://nurses.example/registerab12']],
  [{ verb: 'receive-portfolio', portfolio: { corridor: `${AUTHORITY}.building`, track: 'bricks', manifest: 'ab12' }, receipt: '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11', receivedOn: '2026-01-01' }, ['names no person', 'bricks', 'ab12', '1 Jan 2026']],
  [{ verb: 'plan-step', track: { corridor: `${AUTHORITY}.building`, id: 'bricks', step: '7b' }, office: 'Bureau of levels', due: '2026-01-01' }, ['Only the parties read it', '7b', 'Bureau of levels', '1 Jan 2026']],
  [{ verb: 'propose-level-record', joint: { kind: 'level-record', id: `${AUTHORITY}.bricks`, number: 1 }, parties: [{ registry: 'pantai.example', id: 'agency' }], levelRecord: { corridor: `${AUTHORITY}.building`, track: 'bricks', edition: { qualification: 'sm.bricks', edition: '2027' }, aqrf: 2, hostLevel: 3, source: 'https://levels.example/bricks' }, effectiveAt }, ['level record of a corridor', 'agency', 'building bricks', 'sm.bricks 2027', 'has not endorsed it', 'https://levels.example/bricks']],
  [{ verb: 'propose-skill-set', joint: { kind: 'skill-set', id: `${AUTHORITY}.bricks`, number: 1 }, parties: [{ registry: 'pantai.example', id: 'agency' }], set: { name: 'Bricklaying, agreed set', units: [{ code: 'S1', title: 'Set out', accepts: [{ qualification: 'sm.bricks', edition: '2027', unit: 'BP-01' }] }] }, effectiveAt }, ['agreed set of units', `${AUTHORITY}.bricks 1`, 'Bricklaying, agreed set', 'Set out S1', 'sm.bricks 2027 BP-01']],
  [{ verb: 'join-recognition', recognised: { qualification: 'th-brick-1', edition: '2019' }, decision: 'd1', hash: 'the-hash', effectiveAt }, ['It counts once all have joined', 'th-brick-1', 'd1']],
  [{ verb: 'join-version', joint: { kind: 'comparison', id: `${AUTHORITY}.bricks`, number: 3 }, hash: 'the-hash', effectiveAt }, ['once all parties have joined', `${AUTHORITY}.bricks 3`, 'the-hash']],
  [{ verb: 'leave-version', joint: { kind: 'comparison', id: `${AUTHORITY}.bricks`, number: 3 }, hash: 'the-hash', basis, effectiveAt }, ['ends for all parties', `${AUTHORITY}.bricks 3`, 'the-hash', basis]],
  [{ verb: 'remove-member', owner: BODY, subject: 'officer-9', roles: ['issue', 'approve'] }, ['Remove a member', 'officer-9', 'issue certificates', 'approve']],
]

const world = await aWorld()
const deps = world.at(noon)
for (const subject of ['one', 'two'])
  await addMember({ owner: BODY, subject, roles: ['propose', 'approve'], actor: 'registrar' }, deps)
const context: DeskContext = {
  language: 'en',
  path: '/desk',
  baseUrl: world.baseUrl,
  demonstration: true,
  officer: 'officer-2',
  formToken: { name: 'form-token', of: () => 'token' },
}
const textOf = (page: string) =>
  page
    .slice(page.indexOf('<main'), page.indexOf('<footer'))
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&amp;', '&')
    .replaceAll(/\s+/g, ' ')

const pageOf = async (change: ProposedChange, language: 'en' | 'th' = 'en') =>
  proposalPage(
    {
      authority: { id: AUTHORITY, name: 'PQF NCC' },
      proposal: {
        id: 'p1',
        hash: 'h'.repeat(43),
        proposedBy: 'officer-1',
        proposedAt: '2026-03-01T00:00:00.000Z',
        endsAt: '2026-03-31T00:00:00.000Z',
        state: 'open',
        change: await shownChange(change, AUTHORITY, deps),
      },
      affected: 'new',
      mayApprove: 'yes',
    },
    { ...context, language },
  )

test('every kind of change is shown in a case', () => {
  const verbs = cases.map(([{ verb }]) => verb)
  expect(new Set(verbs).size).toBe(verbs.length)
  expect(verbs.length).toBe(47)
})

test.each(cases)('$verb shows everything that would be decided', async (change, words) => {
  const text = textOf(await pageOf(change))
  for (const word of words) expect(text).toContain(word)
  expect(text).toContain('h'.repeat(43))
  const inThai = textOf(await pageOf(change, 'th'))
  expect(inThai).toMatch(/[\u0e00-\u0e7f]/)
  for (const word of ['undefined', '[object', 'desk.']) expect(text + inThai).not.toContain(word)
})

test('without proof of control, the page says that the body itself stated its domain', async () => {
  const text = textOf(await pageOf({ verb: 'register-body', id: 'new-body', identity }))
  expect(text).toContain('Stated by the body: it has not shown that it controls the domain')
  expect(textOf(await pageOf({ verb: 'register-centre', id: 'new-hall', identity }))).not.toContain('Web domain')
})

test('a contact that is recorded already, as after the approval, is not shown as the one of before', async () => {
  const none = textOf(await pageOf({ verb: 'change-contact', id: BODY, contact: null, effectiveAt }))
  expect(none).toContain('Contactnone')
  expect(none).not.toContain('before')
})

test('a qualification of a record is shown by its title, also one that begins to count later', async () => {
  const id = `${BODY}.cookery`
  const source = 'https://crafts.example/cookery'
  const [state, kind, statedBy] = ['PH', 'skills-certificate', { id: BODY, name: 'TESDA' }] as const
  const description = 'Found able to cook.'
  const events: CatalogueEvent[] = [
    {
      type: 'qualification-stated',
      statement: { state, kind, title: 'Harbour Cookery', description, field: 'Food', source },
      statedBy,
    },
    {
      type: 'edition-stated',
      edition: { id: '2027', from: '2027-01-01', units: [], validity: 'none', source },
      statedBy,
    },
  ]
  const effectiveAt = '2027-01-01T00:00:00.000Z'
  const stated = { events, actor: 'officer', now: noon, effectiveAt, index: 'CATALOGUE' as const }
  await deps.store.append(nextCommit(streams.qualification(id), [], stated))
  const scope = { qualifications: [id, `${BODY}.nothing`] }
  const accredits = { verb: 'accredit', grantee: BODY, grant: 'g3', right: 'issue', basis, effectiveAt, scope } as const
  const text = textOf(await pageOf(accredits))
  expect(text).toContain(`Harbour Cookery (${id})`)
  expect(text).toContain(`${BODY}.nothing`)
})

describe('a statement about a qualification', () => {
  const source = 'https://crafts.example/baking'
  const qualification = `${BODY}.baking`
  const statement = {
    kind: 'skills-certificate',
    title: 'Harbour Baking',
    description: 'Found able to bake.',
    field: 'Food',
    source,
  } as const
  const unit = (code: string, title: string) => ({ code, title })
  const edition = {
    id: '2026',
    from: '2026-01-01',
    units: [unit('B1', 'Mix dough'), unit('B2', 'Bake bread'), unit('B3', 'Bake cakes')],
    validity: 'none' as const,
    source,
  }
  const first: ProposedChange = { verb: 'state-qualification', qualification, statement, edition, effectiveAt }
  const part = async (change: ProposedChange, tag: string) => {
    const page = await pageOf(change)
    const from = page.indexOf(tag)
    return from === -1 ? '' : textOf(`<main${page.slice(from, page.indexOf('The whole statement', from))}<footer`)
  }

  test('that is new is shown whole, with the words of its kind, and says that no accreditation has it', async () => {
    const text = textOf(await pageOf(first))
    for (const words of [
      'State the new qualification Harbour Baking, in the name of',
      qualification,
      'Certificate of skills',
      'The whole statement',
      'Units (3)',
      'B2Bake bread',
      'It becomes part of no accreditation by itself.',
      'It cannot be deleted.',
    ])
      expect(text).toContain(words)
    expect(text).not.toContain('What differs')
    expect(text).not.toContain('This changes no existing certificate')
  })

  test('that was made before shows the differences first, old and new side by side', async () => {
    const proposal = await proposeChange({ authority: BODY, subject: 'one', id: 'p1', change: first }, deps)
    await approveProposal({ authority: BODY, id: 'p1', subject: 'two', hash: proposal.hash, signedInAt: noon }, deps)
    const again = { ...first, statement: { ...statement, title: 'Harbour Bakery' }, version: 1 }
    const { edition: _, ...restated } = again
    expect(await part(restated, 'data-differences')).toContain('TitleHarbour BakingHarbour Bakery')
    expect(await part(restated, 'data-differences')).not.toContain('Found able')

    const units = [unit('B1', 'Mix doughs'), unit('B3', 'Bake cakes'), unit('B4', 'Bake pies')]
    const corrects: ProposedChange = {
      verb: 'state-edition',
      qualification,
      edition: { ...edition, units },
      version: 1,
      effectiveAt,
    }
    const words = await part(corrects, 'data-differences')
    expect(words).toContain('Same: 1. Changed: 1. New: 1. Left out: 1.')
    for (const row of ['B1Mix doughMix doughsTitle changed', 'B4not thereBake piesNew', 'B2Bake breadLeft outLeft out'])
      expect(words).toContain(row)
    expect(words).not.toContain('Bake cakes')
    const whole = textOf(await pageOf(corrects))
    expect(whole).toContain('Correct edition 2026 of Harbour Baking')
    expect(whole).toContain('Bake cakes')

    const follows = { ...edition, id: '2027', from: '2027-01-01', supersedes: '2026', validity: { years: 5 } }
    const added = await pageOf({ verb: 'state-edition', qualification, edition: follows, version: 1, effectiveAt })
    expect(textOf(added)).toContain('Add edition 2027 to Harbour Baking')
    expect(textOf(added)).toMatch(/A certificate is valid for.*no end.*5 years/)
    expect(textOf(added)).toContain('New certificates can name edition 2027 for awards from 1 Jan 2027 on.')

    const retires = { verb: 'retire-qualification', qualification, basis, version: 1, effectiveAt } as const
    expect(textOf(await pageOf(retires))).toContain('Retire Harbour Baking of')
    expect(textOf(await pageOf(retires, 'th'))).toContain('ใบรับรองใหม่ระบุคุณวุฒินี้ไม่ได้')
  })

  test('compares with what was on record when it was proposed, also after it was carried out', async () => {
    const text = textOf(await pageOf({ ...first, version: 0 }))
    expect(text).not.toContain('What differs')
  })
})

test('text that an officer wrote is escaped', async () => {
  const evil = '<script>alert(1)</script>'
  const page = await pageOf({ verb: 'withdraw', ...grant, basis: evil })
  expect(page).not.toContain(evil)
  expect(page).toContain('&lt;script&gt;')
})

test('a joining shows all decisions that it joins, not only the last one', async () => {
  const decide = decisionsIn(world)
  await decide.authority('demo-second')
  await decide.body('demo-joint')
  const stated = { grantee: 'demo-joint', grant: 'both', actor: 'officer', basis: 'x', scope: {}, awaits: [AUTHORITY] }
  const deps = decide.at()
  const first = { ...stated, until: '2031-06-30T00:00:00.000Z', effectiveAt: '2026-01-01T00:00:00.000Z' }
  await accredit({ ...first, right: 'issue', grantors: ['demo-second', AUTHORITY] }, deps)
  const second = { ...stated, until: '2027-06-30T00:00:00.000Z', effectiveAt: '2026-01-02T00:00:00.000Z' }
  await amendAccreditation({ ...second, by: 'demo-second' }, deps)
  const text = textOf(await pageOf({ verb: 'join', grantee: 'demo-joint', grant: 'both', basis, effectiveAt }))
  expect(text).toContain('2027')
  expect(text).toContain('2031')
})
