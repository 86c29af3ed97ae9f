import { generateKeyPairSync } from 'node:crypto'
import { createVerifierKey, formatVerifierKey } from '@sijil/tlog'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actionGroups, deskActions } from '../../functions/answers/desk/action-table.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, type Fields, grounds, HOME, identity, ONE, pathOf as path, plain } from './desk-officers.ts'
import { DSD, ONEC, officersOf } from './trust.ts'

/** Officers do at the desk, over HTTP and without a terminal, what the API does for authorities. */

type AtTheDesk = ReturnType<typeof atTheDesk>

let registry: OpenRegistry
let desk: AtTheDesk
beforeAll(async () => {
  registry = await openRegistry()
  desk = atTheDesk(registry)
})
afterAll(() => registry?.close())

const as: AtTheDesk['as'] = (...asked) => desk.as(...asked)
const open: AtTheDesk['open'] = (...asked) => desk.open(...asked)
const send: AtTheDesk['send'] = (...asked) => desk.send(...asked)
const decided: AtTheDesk['decided'] = (...asked) => desk.decided(...asked)
const titleOf = (html: string) => /<title>(.*?)<\/title>/.exec(html)?.[1]
/** What a browser would send of a form as it stands. */
function fieldsIn(page: string): Fields {
  const html = page.slice(page.lastIndexOf('<form', page.lastIndexOf('name="step"')), page.lastIndexOf('name="step"'))
  const attribute = (tag: string, name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? ''
  const inputs = [...html.matchAll(/<input [^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !/type="(?:checkbox|radio)"/.test(tag) || tag.includes(' checked'))
    .map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')] as const)
  const areas = [...html.matchAll(/<textarea [^>]*name="([^"]+)"[^>]*>([^<]*)</g)].map(
    // A browser leaves out a line end at the beginning.
    ([, name = '', text = '']) => [name, text.replace(/^\n/, '')] as const,
  )
  return Object.fromEntries([...inputs, ...areas].filter(([name, value]) => name !== 'form-token' && value !== ''))
}
const waiting = async () => {
  const { first, base } = await officersOf(registry)
  const { proposals } = (await first(`${base}/proposals`)).json<{ proposals: { id: string; state: string }[] }>()
  return proposals.filter(({ state }) => state === 'open').length
}

const anAccreditation: Fields = {
  grantee: DSD,
  right: 'issue',
  'scope.qualifications:th-physician': 'yes',
  ...grounds,
}

describe('everything that the API does for an authority is done at the desk', () => {
  test('the page of all actions leads to each form, and each form opens', async () => {
    const page = await open(`${HOME}/actions`)
    const names = actionGroups.flatMap(({ actions }) => actions)
    expect(names.length).toBe(Object.keys(deskActions).length - 6)
    for (const name of names) {
      expect(page.text).toContain(`href="${path(name)}"`)
      expect([name, (await open(path(name))).status]).toEqual([name, 200])
    }
    expect((await open(path('nothing'))).status).toBe(404)
    expect((await open(path('constructor'))).status).toBe(404)
  })

  test('a member is named with roles, is then listed, and is removed', async () => {
    const officer = { owner: ONEC, subject: 'person-3', 'roles:propose': 'yes' }
    await decided('add-member', officer)
    expect((await open(HOME, 'person-3')).status).toBe(200)
    const again = await send('add-member', officer, 'check')
    expect([again.status, plain(again.text)]).toEqual([409, expect.stringContaining('already has exactly these roles')])
    expect((await open(`${path('remove-member')}?owner=${ONEC}`)).text).toContain('value="person-3"')
    await decided('remove-member', { owner: ONEC, member: 'person-3' })
    expect((await open(HOME, 'person-3')).status).toBe(404)
  })

  test('the members of a body that is not below the authority are not shown', async () => {
    const page = await open(`${path('remove-member')}?owner=demo-my-jpk`)
    expect(page.status).toBe(404)
  })

  test('a body, a centre and an authority are registered', async () => {
    await decided('register-body', { id: 'demo-th-newbody', ...identity('Lanna Craft Board', 'https://lanna.example') })
    await decided('register-centre', { id: 'demo-th-newhall', ...identity('Korat Test Hall', 'https://korat.example') })
    await decided('register-authority', { id: 'demo-th-newoffice', ...identity('Isan Office', 'https://isan.example') })
    for (const id of ['demo-th-newbody', 'demo-th-newhall', 'demo-th-newoffice'])
      expect((await open(`${HOME}/grantees/${id}`)).status).toBe(200)
  })

  test('a body that keeps its own keys is registered without any', async () => {
    const keeps = { ...identity('Own Keys Board', 'https://own.example'), 'elsewhere.did': 'did:web:own.example' }
    await decided('register-body', { id: 'demo-th-own', ...keeps })
  })

  test('a key is made, suspended at once, resumed, retired and declared compromised', async () => {
    await decided('add-key', { issuer: DSD, purpose: 'certificates', algorithm: 'P-256' })
    const key = { issuer: DSD, kid: 'certificates-2' }
    expect((await open(`${path('suspend-key')}?issuer=${DSD}`)).text).toContain('value="certificates-2"')
    const checked = await send('suspend-key', key, 'check')
    expect(plain(checked.text)).toContain('The button does it at once.')
    expect((await open(`${path('resume-key')}?issuer=${DSD}`)).text).not.toContain('value="certificates-2"')
    const done = await send('suspend-key', key, 'send')
    expect([done.status, done.headers.get('location')]).toEqual([303, `${path('suspend-key')}?done=yes`])
    expect(plain((await open(`${path('suspend-key')}?done=yes`)).text)).toContain('It is done, and counts from now on.')
    expect((await open(`${path('resume-key')}?issuer=${DSD}`)).text).toContain('value="certificates-2"')
    await decided('resume-key', key)
    await decided('retire-key', { ...key, ...grounds })
    const compromisedFrom = registry.now().toISOString().slice(0, 16)
    await decided('compromise-key', { ...key, compromisedFrom })
  })

  test('the brake of a body is set, and a successor is recorded', async () => {
    await decided('set-brake', { issuer: DSD, limit: '7', ...grounds })
    await decided('succeed', { entity: 'demo-th-newbody', successor: DSD, ...grounds })
  })

  test('the list of another registry is accepted, suspended at once, and accepted again', async () => {
    const bytes = generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
    const key = createVerifierKey('ed25519', 'other.example/log/registry', bytes)
    const list = {
      registry: 'https://other.example',
      keys: formatVerifierKey(key),
      'states:BN': 'yes',
      basis: 'Treaty 4',
    }
    const refused = await send('accept-list', { ...list, keys: 'nothing' }, 'check')
    expect([refused.status, refused.text]).toEqual([422, expect.stringMatching(/id="f-keys"[^>]*aria-invalid="true"/)])
    await decided('accept-list', list)
    const named = { acceptedList: list.registry, basis: 'Section 9' }
    expect((await open(path('suspend-list'))).text).toContain(`value="${list.registry}"`)
    expect((await send('suspend-list', named, 'send')).status).toBe(303)
    expect((await open(path('suspend-list'))).text).not.toContain(`value="${list.registry}"`)
    await decided('accept-list', list)
  })
})

describe('the terms of an accreditation', () => {
  let accreditation: string

  test('are changed in a form that begins with the present ones, and what the form cannot show stays', async () => {
    const { decide, base, first } = await officersOf(registry)
    const scope = { qualifications: ['th-brick-1', 'th-physician'], levels: { from: 1, to: 4 }, places: ['TH'] }
    const assurance = {
      reviewer: 'Review Board',
      reviewedOn: '2026-01-02',
      findings: 'Sound',
      gaps: ['No appeal'],
      checklist: [
        { principle: 'Appeals', met: 'no' },
        { theme: 'centres', principle: 'Visits; each year', met: 'partly', evidence: 'https://board.example/visits' },
      ],
    }
    const until = `${registry.now().getUTCFullYear() + 2}-06-30T12:00:00Z`
    const granted = await decide(`${base}/accreditations`, { grantee: DSD, scope, assurance, until, basis: 'A' })
    accreditation = `${DSD}.${granted.change.grant}`
    const form = await open(`${path('amend')}?accreditation=${accreditation}`)
    const fields = fieldsIn(form.text)
    expect(fields).toMatchObject({
      accreditation,
      'scope.qualifications:th-physician': 'yes',
      'scope.levels.to': '4',
      until: until.slice(0, 10),
      'assurance.reviewer': 'Review Board',
      'assurance.gaps': 'No appeal',
      'assurance.checklist': 'Appeals\tno\t\t\t\nVisits; each year\tpartly\tcentres\t\thttps://board.example/visits',
    })
    const narrower = { ...fields, 'scope.levels.to': '3', ...grounds }
    delete (narrower as Fields)['scope.qualifications:th-physician']
    const checked = await send('amend', narrower, 'check')
    expect(plain(checked.text)).toContain('National levels 1 to 3 before: 1 to 4')
    // Neither the places nor the hour of the end nor the review changed.
    expect(checked.text.match(/before:/g)).toHaveLength(2)
    await decided('amend', narrower)
    const { proposals } = (await first(`${base}/proposals`)).json<{ proposals: { change: unknown }[] }>()
    expect(proposals[0]?.change).toMatchObject({
      verb: 'amend',
      scope: { qualifications: ['th-brick-1'], levels: { from: 1, to: 3 }, places: ['TH'] },
      until,
      assurance,
    })
  })

  test('that were emptied stay empty when the form comes back', async () => {
    const fields = fieldsIn((await open(`${path('amend')}?accreditation=${accreditation}`)).text)
    const { 'scope.levels.from': _, 'scope.levels.to': __, ...unlimited } = fields
    const back = await send('amend', { ...unlimited, ...grounds }, 'change')
    expect(fieldsIn(back.text)).not.toHaveProperty('scope.levels.to')
  })

  test('R-078: units are chosen from the catalogue once their qualification is, are counted, and stay in a form of changes', async () => {
    const fields = { ...anAccreditation, 'scope.qualifications:th-rubber': 'yes' }
    const empty = await open(`${path('accredit')}?grantee=${DSD}`)
    expect(empty.text).toContain('Show units of the chosen qualifications')
    expect(empty.text).not.toContain('name="scope.units:')
    const shown = await send('accredit', fields, 'change')
    expect(shown.text).toContain('name="scope.units:th-rubber/RUB-ZMEV-122A" value="yes"')
    const limited = { ...fields, 'scope.units:th-rubber/RUB-ZMEV-122A': 'yes' }
    const checked = await send('accredit', limited, 'check')
    expect(plain(checked.text)).toContain('Units of these that it would cover: 1 .')
    expect(plain(checked.text)).toContain('th-rubber: RUB-ZMEV-122A')
    const wrong = await send('accredit', { ...fields, 'scope.units:th-rubber/X': 'yes' }, 'check')
    expect([wrong.status, plain(wrong.text)]).toEqual([
      422,
      expect.stringContaining('must be a unit of this qualification'),
    ])
    const other = { ...anAccreditation, 'scope.units:th-rubber/RUB-ZMEV-122A': 'yes' }
    expect(plain((await send('accredit', other, 'check')).text)).toContain(
      'must be one of the qualifications of this scope',
    )
    await decided('accredit', limited)
    const { first, base } = await officersOf(registry)
    const { proposals } = (await first(`${base}/proposals`)).json<{
      proposals: { change: { grant: string; scope: object } }[]
    }>()
    const change = proposals[0]?.change
    expect(change?.scope).toMatchObject({ units: [{ qualification: 'th-rubber', codes: ['RUB-ZMEV-122A'] }] })
    const form = await open(`${path('amend')}?accreditation=${DSD}.${change?.grant}`)
    expect(fieldsIn(form.text)).toHaveProperty(['scope.units:th-rubber/RUB-ZMEV-122A'], 'yes')
    const page = await registry.ask(`/issuers/${DSD}`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
  })

  test('of another authority cannot be opened in a form', async () => {
    const foreign = await open(`${path('amend')}?accreditation=demo-ph-tesda.law`)
    expect(foreign.status).toBe(404)
  })

  test('Q010: do not grow by what their holder states, until two officers confirm what comes in', async () => {
    const { decide, base, first } = await officersOf(registry)
    for (const [subject, role] of [
      ['dsd-1', 'propose'],
      ['dsd-2', 'approve'],
    ] as const)
      await decided('add-member', { owner: DSD, subject, [`roles:${role}`]: 'yes' })
    const scope = { qualifications: { framework: 'NQF-TH' }, levels: { from: 1, to: 4 }, places: ['TH'] }
    const granted = await decide(`${base}/accreditations`, { grantee: DSD, scope, basis: 'A' })
    const id = `${DSD}.${granted.change.grant}`
    const address = `${HOME}/accreditations/${id}`
    await decided(
      'state-qualification',
      {
        localId: 'rigging',
        title: 'Harbour Rigging',
        description: 'Found able to rig loads.',
        kind: 'skills-certificate',
        field: 'Transport',
        source: 'https://dsd.example/rigging',
        'edition.id': '2026',
        'edition.from': '2026-01-01',
        'edition.units': 'R1;Rig a load',
        'edition.level.framework': 'NQF-TH',
        'edition.level.national': '3',
        'edition.source': 'https://dsd.example/rigging',
      },
      { home: `/desk/issuers/${DSD}`, one: 'dsd-1', two: 'dsd-2' },
    )
    const shown = await registry.later(() => open(address))
    expect(plain(shown.text)).toMatch(/Added: one qualification Which ones\? Harbour Rigging/)
    expect(shown.text).toContain(`${path('confirm')}?accreditation=${id}`)
    expect(plain((await open(`${address}?lang=th`)).text)).toContain('จะเพิ่มเข้ามา หนึ่งคุณวุฒิ')
    const standing = async () => {
      const asked = `/issuers/${DSD}/accreditations?qualification=${DSD}.rigging`
      const answer = await registry.later(() => registry.ask(asked))
      return answer.json<{ standing: string }>().standing
    }
    expect(await standing()).toBe('not-for-this')

    const checked = plain((await send('confirm', { accreditation: id, ...grounds }, 'check')).text)
    expect(checked).toContain('edition 2026 , stated by Department of Skill Development')
    await decided('confirm', { accreditation: id, ...grounds })
    expect(await standing()).toBe('authorised')
    expect(plain((await open(address)).text)).not.toContain('Added:')
    const again = await first(`${base}/accreditations/${id}/confirm`, { basis: 'Section 4' })
    expect([again.status, again.json()]).toMatchObject([
      202,
      { change: { verb: 'confirm', catalogueAt: expect.any(String) } },
    ])
    const other = await officersOf(registry, 'demo-ph-pqfncc')
    const theirs = await other.first(`${other.base}/accreditations/${id}/confirm`, { basis: 'Section 4' })
    expect(theirs.status).toBe(404)
  })

  test('can be granted together with a second authority, which joins at its own desk', async () => {
    const OFFICE = 'demo-th-joint'
    await decided('register-authority', { id: OFFICE, ...identity('Joint Office', 'https://joint.example') })
    await decided('accredit', { ...anAccreditation, grantee: OFFICE, right: 'accredit' })
    for (const [subject, role] of [
      ['joint-1', 'propose'],
      ['joint-2', 'approve'],
    ] as const)
      await decided('add-member', { owner: OFFICE, subject, [`roles:${role}`]: 'yes' })
    const together = { ...anAccreditation, jointly: OFFICE }
    expect((await open(`${path('accredit')}?grantee=${DSD}`)).text).toContain(`<option value="${OFFICE}"`)
    await decided('accredit', together)
    const home = `/desk/authorities/${OFFICE}`
    const theirs = await open(`${home}/grantees/${DSD}`, 'joint-1')
    const [, id = ''] = /accreditations\/([\w.-]+)"/.exec(theirs.text) ?? []
    expect((await open(`${home}/accreditations/${id}`, 'joint-1')).text).toContain(`actions/join?accreditation=${id}`)
    await decided('join', { accreditation: id, ...grounds }, { home, one: 'joint-1', two: 'joint-2' })
    expect((await open(`${home}/accreditations/${id}`, 'joint-1')).text).not.toContain('actions/join')
  })
})

describe('before anything is sent', () => {
  test('the first press shows what would be proposed, and sends nothing', async () => {
    const before = await waiting()
    const { status, text } = await send('accredit', anAccreditation, 'check')
    expect(status).toBe(200)
    for (const shown of ['Check your answers', 'Medical practitioner licence', 'B.E. 2569/9: Reviewed', 'Thailand'])
      expect(plain(text)).toContain(shown)
    expect(text).toContain('name="step" value="send"')
    expect(await waiting()).toBe(before)
  })

  test('"Change" goes back to the form with its fields', async () => {
    const { status, text } = await send('accredit', anAccreditation, 'change')
    expect(status).toBe(200)
    expect(text).toContain('value="B.E. 2569/9"')
    expect(text).toMatch(/name="scope.qualifications:th-physician" value="yes" checked/)
    expect(text).toMatch(/name="right" value="issue" required checked/)
  })

  test('no right is chosen for the officer, and only those are offered that this kind of body can hold', async () => {
    const offered = async (grantee: string) =>
      [
        ...(await open(`${path('accredit')}?grantee=${grantee}`)).text.matchAll(/name="right" value="(\w+)"([^>]*)>/g),
      ].map(([, right, rest]) => (rest?.includes('checked') ? 'chosen' : right))
    expect(await offered(DSD)).toEqual(['issue', 'assess', 'accredit'])
    expect(await offered('demo-th-newhall')).toEqual(['assess'])
    expect(await offered('demo-th-newoffice')).toEqual(['accredit'])
  })
})

describe('a proposal that repeats another one', () => {
  const field = { ...anAccreditation, 'scope.qualifications:th-rubber': 'yes' }
  const seenIn = (text: string) => /name="seen" value="([^"]+)"/.exec(text)?.[1] ?? ''

  test('warns of what waits, and is sent only by a second press that has seen it', async () => {
    expect((await send('accredit', field, 'check')).text).not.toContain('data-repeats')
    expect((await send('accredit', field, 'send')).status).toBe(303)
    const before = await waiting()
    const warned = await send('accredit', field, 'send')
    expect([warned.status, plain(warned.text)]).toEqual([
      409,
      expect.stringContaining('These proposals about the same thing are waiting for a second officer'),
    ])
    expect(await waiting()).toBe(before)
    expect(warned.text).toContain('Propose it anyway')
    // On a phone, only what stands above the change is in view.
    expect(warned.text.indexOf('data-repeats')).toBeLessThan(warned.text.indexOf('<h1>'))
    const seen = seenIn(warned.text)
    expect((await send('accredit', { ...field, seen }, 'send')).status).toBe(303)
    // The second one waits now as well, and the officer has not seen that.
    expect((await send('accredit', { ...field, seen }, 'send')).status).toBe(409)
  })

  test('warns of an accreditation that is in force', async () => {
    const covered = { grantee: DSD, right: 'issue', 'scope.qualifications:th-brick-1': 'yes', ...grounds }
    const { status, text } = await send('accredit', covered, 'send')
    expect([status, plain(text)]).toEqual([409, expect.stringContaining('These accreditations already cover the same')])
    expect(text).toContain(`${HOME}/accreditations/${DSD}.main"`)
    expect((await send('accredit', { ...covered, seen: seenIn(text) }, 'send')).status).toBe(303)
  })

  test('a registration that waits already warns too', async () => {
    const body = { id: 'demo-th-twice', ...identity('Phuket Board', 'https://phuket.example') }
    expect((await send('register-body', body, 'send')).status).toBe(303)
    const warned = await send('register-body', body, 'check')
    expect(warned.text).toContain('data-repeats')
  })
})

describe('a refusal', () => {
  test('names its reason in the language of the page, and its title begins with the problem', async () => {
    const centre = { ...anAccreditation, grantee: 'demo-th-newhall' }
    const english = await send('accredit', centre, 'check')
    expect([english.status, plain(english.text)]).toEqual([
      422,
      expect.stringContaining('This right cannot be granted to an entity of this kind.'),
    ])
    expect(titleOf(english.text)).toMatch(/^There is a problem: /)
    const thai = await send('accredit', centre, 'check', { query: '?lang=th' })
    expect(plain(thai.text)).toContain('ให้สิทธินี้แก่หน่วยงานประเภทนี้ไม่ได้')
    expect(titleOf(thai.text)).toMatch(/^มีปัญหา: /)
    expect(titleOf((await open(path('accredit'))).text)).not.toContain('There is a problem')
  })

  test.each([
    ['effectiveFrom', '2027-02-30', 'This is not a calendar date.'],
    ['until', '2020-01-01', 'The last day is before the first day that counts.'],
  ])('of a date says what is wrong with the date: %s', async (name, value, words) => {
    const { status, text } = await send('accredit', { ...anAccreditation, [name]: value }, 'check')
    expect(status).toBe(422)
    expect(plain(text)).toContain(words)
    expect(text).toMatch(new RegExp(`id="f-${name}"[^>]*aria-invalid="true"`))
    expect(text).toContain(`value="${value}"`)
  })

  test('of an entity that is not below the authority says so, and keeps the form', async () => {
    const { status, text } = await send('set-brake', { issuer: 'demo-my-jpk', limit: '3', ...grounds }, 'check')
    expect([status, plain(text)]).toEqual([404, expect.stringContaining('It is not below your authority')])
    expect(text).toContain('value="3"')
  })

  test('a form without the token of the session does nothing', async () => {
    const { headers } = await as(ONE)
    const sent = await desk.ask('POST', path('set-brake'), { headers, fields: { step: 'send' } })
    expect([sent.status, titleOf(sent.text)]).toEqual([403, expect.stringMatching(/^There is a problem: /)])
  })
})
