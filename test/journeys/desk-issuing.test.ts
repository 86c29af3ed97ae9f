import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { samudra } from '../../infra/local/demonstration/bodies.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { day, type Issued, officerOf, uuidOf, type Verdict } from './certificate.ts'
import { atTheDesk, ONE, plain } from './desk-officers.ts'
import { aThaiBricklayer, DSD, officersOf, QUALIFICATION } from './trust.ts'

/** A clerk of a body issues, corrects and renews certificates in a browser, over HTTP. */

const [CLERK, READER, STATUS] = ['dsd-clerk', 'dsd-reader', 'dsd-status']
const HOME = `/desk/issuers/${DSD}`
const ISSUE = `${HOME}/issue`
const LIST = `${HOME}/certificates`

let registry: OpenRegistry
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  registry = await openRegistry()
  desk = atTheDesk(registry)
  const officers = await officersOf(registry)
  const name = (subject: string, roles: string[]) =>
    officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles })
  await name(CLERK, ['issue', 'status', 'read'])
  await name(READER, ['read'])
  await name(STATUS, ['status'])
})
afterAll(() => registry?.close())

type Fields = Record<string, string>
const send = async (path: string, fields: Fields, subject = CLERK) =>
  desk.ask('POST', path, { ...(await desk.as(subject)), fields })
const unescaped = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
/** The fields of the form of a page as a browser would send them. */
function fieldsIn(html: string): Fields {
  const form = /<form class="flow" method="post"[\s\S]*?<\/form>/.exec(html.slice(html.indexOf('<h1')))?.[0] ?? ''
  const fields: Fields = {}
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1]
    const [name, value = ''] = [attribute('name'), attribute('value')]
    const isBox = attribute('type') === 'checkbox' || attribute('type') === 'radio'
    if (name !== undefined && name !== 'form-token' && (!isBox || / checked/.test(input)))
      fields[name] = unescaped(value)
  }
  for (const [, name = '', body = ''] of form.matchAll(/<select [^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
    fields[name] = /value="([^"]*)"[^>]* selected/.exec(body)?.[1] ?? ''
  for (const [, name = '', text = ''] of form.matchAll(/<textarea [^>]*name="([^"]+)"[^>]*>([\s\S]*?)<\/textarea>/g))
    fields[name] = unescaped(text)
  return fields
}
const begin = async (subject = CLERK) =>
  fieldsIn((await desk.open(`${ISSUE}?qualification=${QUALIFICATION}`, subject)).text)
const filled = (number: string, change: Fields = {}): Fields => ({
  'holder.name': 'SOMCHAI EXAMPLE',
  certificateNumber: number,
  awardedOn: day(2),
  ...change,
})
const check = async (fields: Fields, subject = CLERK) => send(ISSUE, { ...fields, step: 'check' }, subject)
/** The press on the page of the check, without a cookie of a session: the order stands for it. */
const sign = async (fields: Fields, headers: Fields = {}) => desk.ask('POST', `${ISSUE}/sign`, { fields, headers })
const linkIn = (html: string) => /href="([^"]+\/v\/[^"]+)"/.exec(html)?.[1] ?? ''
const uuidIn = (html: string) => /certificates\/([0-9a-f-]{36})/.exec(html)?.[1] ?? ''
const issuedBy = async (fields: Fields) => {
  const checked = await check(fields)
  expect([checked.status, plain(checked.text)]).toEqual([200, expect.stringContaining('Check the certificate')])
  const answer = await sign(fieldsIn(checked.text))
  return { checked, answer, link: linkIn(answer.text), uuid: uuidIn(answer.text) }
}
/** The verdict of a link, with the details of the holder: what a reader gets who asks for the name. */
const verdictOf = async (link: string) =>
  (
    await registry.ask(new URL(link).pathname, {
      method: 'POST',
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' },
      body: '',
    })
  ).json<Verdict>()
const issueByApi = (number: string) => officerOf(registry, DSD).issue(aThaiBricklayer(number))

describe('issuing one certificate', () => {
  test('R-136: choose, fill in, check, sign: the link and its code are shown, and the certificate is valid', async () => {
    const choice = await desk.open(ISSUE, CLERK)
    expect(choice.text).toContain(`value="${QUALIFICATION}"`)
    const form = await begin()
    expect(form.edition).not.toBe('')
    const { checked, answer, link } = await issuedBy({ ...form, ...filled('ISSUE-1', { method: 'interview' }) })
    // The certificate as it will look.
    expect(plain(checked.text)).toMatch(/SOMCHAI EXAMPLE.*Bricklayer.*ISSUE-1.*Interview/)
    expect(answer.status).toBe(200)
    expect(answer.text).toContain('<svg')
    const { verdict, certificate } = await verdictOf(link)
    expect([verdict, certificate?.holder?.name, certificate?.certificateNumber]).toEqual([
      'valid',
      'SOMCHAI EXAMPLE',
      'ISSUE-1',
    ])
  })

  test('the form has the units of the edition, all ticked, closed lists and the end by its rule; fewer units make a part, and none is refused', async () => {
    const clerk = 'demo-xs-stc-officer-1'
    const page = `/desk/issuers/${samudra.body}/issue`
    const shown = await desk.open(`${page}?qualification=${samudra.bricklaying}`, clerk)
    const form = fieldsIn(shown.text)
    const units = Object.keys(form).filter((name) => name.startsWith('units:'))
    expect([units.length, units.every((name) => form[name] === 'yes')]).toEqual([8, true])
    for (const name of ['method', 'route']) expect(shown.text).toMatch(new RegExp(`<select [^>]*name="${name}"`))
    expect(plain(shown.text)).toContain('Valid for 60 months from the award, by the rule of this edition.')
    const without = (...names: string[]) =>
      Object.fromEntries(Object.entries({ ...form, ...filled('UNITS-1') }).filter(([name]) => !names.includes(name)))
    const asked = (fields: Fields) => send(page, { ...fields, step: 'check' }, clerk)
    const part = plain((await asked({ ...without(units[0] ?? ''), limits: 'Not above ten metres.' })).text)
    expect(part).toMatch(/Part of Bricklaying.*Not above ten metres/)
    const whole = plain((await asked(without())).text)
    expect(whole).not.toContain('Part of')
    const last = new Date(`${day(2)}T00:00:00Z`)
    last.setUTCMonth(last.getUTCMonth() + 60, last.getUTCDate() - 1)
    expect(whole).toMatch(new RegExp(`Valid until +${last.getUTCDate()} \\w+ ${last.getUTCFullYear()}`))
    const none = await asked(without(...units))
    expect([none.status, none.text.includes('data-preview')]).toEqual([422, false])
    const invented = await asked({ ...without(), method: 'by-post' })
    expect(invented.status).toBe(422)
  })

  test('I18: a second press, a press by Back, and a changed form issue nothing twice', async () => {
    const fields = { ...(await begin()), ...filled('ISSUE-2') }
    const checked = await check(fields)
    const pressed = await sign(fieldsIn(checked.text))
    const [again, twice] = await Promise.all([sign(fieldsIn(checked.text)), sign(fieldsIn(checked.text))])
    for (const answer of [again, twice]) {
      expect([answer.status, linkIn(answer.text)]).toEqual([200, linkIn(pressed.text)])
      expect(plain(answer.text)).toContain('issued before')
    }
    // Back to the form, another name, and checked again with the key of before.
    const changed = await check({ ...fields, 'holder.name': 'SOMSAK EXAMPLE', certificateNumber: 'ISSUE-2B' })
    const refused = await sign(fieldsIn(changed.text))
    expect([refused.status, plain(refused.text)]).toEqual([422, expect.stringContaining('Begin a new form')])
  })

  test('a wrong field comes back with everything that was typed, and nothing is issued', async () => {
    const fields = { ...(await begin()), ...filled('ISSUE-3', { awardedOn: '2999-01-01', 'holder.name': 'A\u202eB' }) }
    const answer = await check(fields)
    expect(answer.status).toBe(422)
    expect(fieldsIn(answer.text)).toMatchObject({ certificateNumber: 'ISSUE-3', key: fields.key })
    const used = await issueByApi('ISSUE-4')
    const taken = await check({ ...fields, ...filled('issue 4') })
    expect([taken.status, plain(taken.text)]).toEqual([409, expect.stringContaining('has this number')])
    expect(used.id).not.toBe('')
  })

  test('I36: who may not issue, and who is no member, gets the answer for what does not exist', async () => {
    for (const subject of [READER, STATUS, 'somebody', ONE]) {
      expect([subject, (await desk.open(ISSUE, subject)).status]).toEqual([subject, 404])
      expect([subject, (await check({ ...filled('ISSUE-6') }, subject)).status]).toEqual([subject, 404])
    }
  })
})

describe('an order', () => {
  test('I38: only what was checked is signed: other fields, another body, another site, or a later hour are refused', async () => {
    const checked = fieldsIn((await check({ ...(await begin()), ...filled('ORDER-1') })).text)
    const { order = '' } = checked
    expect(order).not.toBe('')
    const refused = [
      sign({ ...checked, certificateNumber: 'ORDER-2' }),
      sign({ ...checked, more: 'x' }),
      sign({ ...checked, order: '' }),
      sign({ ...checked, order: `${order.slice(0, -8)}AAAAAAA=` }),
      sign({ ...checked, order: 'no order' }),
      desk.ask('POST', '/desk/issuers/demo-ph-tesda/issue/sign', { fields: checked }),
      sign(checked, { origin: 'https://evil.example' }),
      sign(checked, { 'sec-fetch-site': 'cross-site' }),
    ]
    for (const answer of await Promise.all(refused)) expect(answer.status).toBe(403)
    registry.pass(901_000)
    const late = await sign(checked)
    expect([late.status, plain(late.text)]).toEqual([403, expect.stringContaining('sign in')])
  })

  test('a member who was removed after the check issues nothing', async () => {
    const officers = await officersOf(registry)
    const subject = 'dsd-leaving'
    await officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles: ['issue'] })
    const checked = fieldsIn((await check({ ...(await begin(subject)), ...filled('ORDER-3') }, subject)).text)
    await officers.decide(`${officers.base}/members/remove`, { owner: DSD, subject })
    expect((await sign(checked)).status).toBe(404)
  })
})

describe('correcting', () => {
  test('a successor under the same number ends the former certificate, which says so and names nobody', async () => {
    const former = await issueByApi('CORRECT-1')
    const opened = await send(`${LIST}/${uuidOf(former)}/correct`, {})
    const form = fieldsIn(opened.text)
    expect(form).toMatchObject({
      'holder.name': 'SOMCHAI EXAMPLE',
      certificateNumber: 'CORRECT-1',
      replaces: uuidOf(former),
    })
    const { checked, answer, link, uuid } = await issuedBy({ ...form, 'holder.name': 'SOMCHAI CORRECTED' })
    expect(plain(checked.text)).toContain('The former one ends for good')
    expect(answer.status).toBe(200)
    expect((await verdictOf(link)).certificate?.holder?.name).toBe('SOMCHAI CORRECTED')
    const old = await verdictOf(former.link)
    expect([old.verdict, old.history?.at(-1)?.state]).toEqual(['invalid', 'superseded'])
    const page = await registry.ask(new URL(former.link).pathname, { headers: { accept: 'text/html' } })
    expect(page.text).not.toMatch(new RegExp(`SOMCHAI|CORRECT-1|${uuid}`))
    const record = plain((await desk.open(`${LIST}/${uuidOf(former)}`, CLERK)).text)
    expect(record).toContain(`Replaced by ${uuid}`)
  })

  test('through the API: only what changes is sent, and a repeated request issues once', async () => {
    const former = await issueByApi('CORRECT-2')
    const officer = officerOf(registry, DSD)
    const ask = () =>
      officer.post(
        `/credentials/${uuidOf(former)}/correct`,
        { holder: { name: 'SOMCHAI API' } },
        { 'idempotency-key': 'c2' },
      )
    const answer = await ask()
    expect(answer.status).toBe(201)
    const { link } = answer.json<Issued>()
    const { verdict, certificate } = await verdictOf(link)
    expect([verdict, certificate?.certificateNumber, certificate?.holder?.name]).toEqual([
      'valid',
      'CORRECT-2',
      'SOMCHAI API',
    ])
    const again = await ask()
    expect([again.status, again.headers.get('idempotency-replayed'), again.json<Issued>().link]).toEqual([
      201,
      'true',
      link,
    ])
    const other = await officer.post(`/credentials/${uuidOf(former)}/correct`, {}, { 'idempotency-key': 'c3' })
    expect(other.status).toBe(422)
  })
})

describe('renewing', () => {
  test('R-104: a new number, the former one stays valid and says that it was renewed, and the desk names each on the page of the other', async () => {
    const former = await issueByApi('RENEW-1')
    const form = fieldsIn((await send(`${LIST}/${uuidOf(former)}/renew`, {})).text)
    expect(form).toMatchObject({ 'holder.name': 'SOMCHAI EXAMPLE', renews: uuidOf(former) })
    expect([form.awardedOn, form.assessedOn]).toEqual(['', ''])
    const { checked, link, uuid } = await issuedBy({ ...form, certificateNumber: 'RENEW-2', awardedOn: day(0) })
    expect(plain(checked.text)).toContain('stays valid until its own end')
    const [old, fresh] = [await verdictOf(former.link), await verdictOf(link)]
    expect([old.verdict, fresh.verdict]).toEqual(['valid', 'valid'])
    expect(old.notices?.map(({ code }) => code)).toEqual(['renewed'])
    expect(fresh.notices ?? []).toEqual([])
    const page = await registry.ask(new URL(former.link).pathname, { headers: { accept: 'text/html' } })
    expect(plain(page.text)).toContain('This award was renewed.')
    expect(page.text).not.toMatch(new RegExp(`RENEW-|SOMCHAI|${uuid}`))
    const atDesk = async (id: string) => (await desk.open(`${LIST}/${id}`, CLERK)).text
    const [ofOld, ofNew] = [await atDesk(uuidOf(former)), await atDesk(uuid)]
    expect([plain(ofOld), plain(ofNew)]).toEqual([
      expect.stringMatching(/Renewed by RENEW-2 .*Renewed with another certificate/),
      expect.stringMatching(/Renews RENEW-1 /),
    ])
    expect([ofOld.includes(`href="${LIST}/${uuid}"`), ofNew.includes(`href="${LIST}/${uuidOf(former)}"`)]).toEqual([
      true,
      true,
    ])
    // Only one certificate renews it.
    const second = fieldsIn((await send(`${LIST}/${uuidOf(former)}/renew`, {})).text)
    const taken = await check({ ...second, certificateNumber: 'RENEW-3', awardedOn: day(0) })
    expect([taken.status, plain(taken.text)]).toEqual([409, expect.stringContaining('renews it already')])
  })

  test('R-104: through the API it is one request, judged as a new award, and a suspended certificate is not renewed', async () => {
    const former = await issueByApi('RENEW-4')
    const officer = officerOf(registry, DSD)
    const ask = (changes: object, key: string) =>
      officer.post(`/credentials/${uuidOf(former)}/renew`, changes, { 'idempotency-key': key })
    expect((await ask({ awardedOn: day(0) }, 'r1')).status).toBe(422)
    expect((await ask({ certificateNumber: 'RENEW-4', awardedOn: day(0) }, 'r2')).status).toBe(409)
    await officer.change(former, 'suspend', { reason: 'under-investigation' })
    expect((await ask({ certificateNumber: 'RENEW-5', awardedOn: day(0) }, 'r3')).status).toBe(409)
    await officer.change(former, 'reinstate', {})
    const renewed = await ask({ certificateNumber: 'RENEW-5', awardedOn: day(0) }, 'r3')
    expect(renewed.status).toBe(201)
    expect((await verdictOf(renewed.json<Issued>().link)).verdict).toBe('valid')
    expect((await verdictOf(former.link)).verdict).toBe('valid')
  })
})

describe('showing the holder', () => {
  test('a GET names nobody, a press does, and beyond thirty in an hour it is refused', async () => {
    const issued = await issueByApi('SHOW-1')
    const path = `${LIST}/${uuidOf(issued)}`
    expect((await desk.open(path, READER)).text).not.toContain('SOMCHAI')
    const shown = await send(`${path}/show`, {}, READER)
    expect([shown.status, plain(shown.text)]).toEqual([200, expect.stringContaining('SOMCHAI EXAMPLE')])
    expect(plain(shown.text)).toContain('It is recorded that you opened')
    expect((await send(`${path}/show`, {}, STATUS)).status).toBe(404)
    expect((await send(`${path}/correct`, {}, READER)).status).toBe(404)
    for (let opened = 1; opened < 30; opened++) expect((await send(`${path}/show`, {}, READER)).status).toBe(200)
    const many = await send(`${path}/show`, {}, READER)
    expect([many.status, many.text.includes('SOMCHAI')]).toEqual([429, false])
    expect(Number(many.headers.get('retry-after'))).toBeGreaterThan(3_000)
    // Another member goes on, and after an hour the same one does.
    expect((await send(`${path}/show`, {})).status).toBe(200)
    registry.pass(3_600_000)
    expect((await send(`${path}/show`, {}, READER)).status).toBe(200)
  })
})

describe('a body that recorded a pattern for its numbers', () => {
  const [one, two] = ['dsd-one', 'dsd-two']
  const year = () => registry.now().getUTCFullYear()

  test('R-136: gives the next one to a form whose number stayed empty, and to nobody twice', async () => {
    const officers = await officersOf(registry)
    for (const subject of [one, two])
      await officers.decide(`${officers.base}/members`, { owner: DSD, subject, roles: ['propose', 'approve'] })
    await desk.decided('set-policy', { batchFrom: '50', numberPattern: 'DSD/YYYY-0000' }, { home: HOME, one, two })
    expect((await desk.open(`${HOME}/policy`, one)).text).toContain('<code>DSD/YYYY-0000</code>')
    const page = (await desk.open(`${ISSUE}?qualification=${QUALIFICATION}`, CLERK)).text
    expect(plain(page)).toContain(`Leave it empty for DSD/${year()}-0001`)
    // Two clerks read the same number on the page of the check. The first press claims it.
    const [mine, theirs] = await Promise.all([begin(), begin()])
    const [first, second] = [await check({ ...mine, ...filled('') }), await check({ ...theirs, ...filled(' ') })]
    for (const checked of [first, second]) expect(plain(checked.text)).toContain(`DSD/${year()}-0001`)
    expect((await sign(fieldsIn(first.text))).status).toBe(200)
    const refused = await sign(fieldsIn(second.text))
    expect([refused.status, linkIn(refused.text)]).toEqual([409, ''])
    registry.showAll()
    const again = await issuedBy({ ...(await begin()), ...filled('') })
    expect((await verdictOf(again.link)).certificate?.certificateNumber).toBe(`DSD/${year()}-0002`)
    // A number that was typed counts, and a correction keeps the one that it has.
    expect((await issuedBy({ ...(await begin()), ...filled('OTHER-7') })).answer.status).toBe(200)
    const form = fieldsIn((await send(`${LIST}/${again.uuid}/correct`, {})).text)
    expect(form.certificateNumber).toBe(`DSD/${year()}-0002`)
    expect((await check({ ...form, certificateNumber: '' })).status).toBe(422)
  })

  test('a text that is no pattern comes back with what is missing', async () => {
    const fields = { batchFrom: '50', numberPattern: 'DSD-YYYY' }
    const answer = await desk.send('set-policy', fields, 'check', { home: HOME, one })
    expect([answer.status, plain(answer.text)]).toEqual([422, expect.stringContaining('three to nine zeros')])
  })
})
