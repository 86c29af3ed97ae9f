import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, unclear, visit } from '../support/browser.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { atTheDesk, type Fields, plain } from './desk-officers.ts'
import { DSD, officersOf, PQFNCC } from './trust.ts'

/** Two officers of a certification body state its own qualification at the desk, over HTTP. */

const [ONE, TWO] = ['dsd-officer-1', 'dsd-officer-2']
const HOME = `/desk/issuers/${DSD}`
const ID = `${DSD}.harbour-welding`
const at = { home: HOME, one: ONE, two: TWO }

const units = [
  'HW-01;Read a drawing and prepare plates',
  'HW-02;Weld a fillet joint',
  'HW-03;Weld a butt joint',
  'HW-04;"Cut, grind and finish"',
  'HW-05;Inspect a weld by eye',
  'HW-06;Work safely at height',
  'HW-07;Weld pipes',
  'HW-08;Keep records',
]
const source = 'https://dsd.example/welding'
const edition: Fields = {
  'edition.id': '2026',
  'edition.from': '2026-01-01',
  'edition.units': units.join('\r\n'),
  'edition.validity.years': '5',
  'edition.assessment': 'A practical test of one day.',
  'edition.limits': 'Not under water.',
  'edition.source': source,
}
const statement: Fields = {
  localId: 'harbour-welding',
  title: 'Harbour Welding 2',
  localTitles: 'th;งานเชื่อมท่าเรือ',
  description: 'Found able to weld steel in a harbour.',
  kind: 'skills-certificate',
  field: 'Metal work',
  source,
  'requiredByLaw.law': 'Harbour Safety Act, section 4',
  'requiredByLaw.source': 'https://law.example/4',
  ...edition,
}

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  const { decide, base } = await officersOf(registry)
  await decide(`${base}/members`, { owner: DSD, subject: ONE, roles: ['propose', 'approve'] })
  await decide(`${base}/members`, { owner: DSD, subject: TWO, roles: ['approve'] })
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const typedIn = (html: string, name: string) =>
  new RegExp(`name="${name.replaceAll('.', '\\.')}"[^>]*>\\n?([^<]*)<`).exec(html)?.[1]?.replaceAll('&quot;', '"')
const today = async () => {
  const answer = await registry.later(() => registry.ask(`/qualifications/${ID}`))
  return { status: answer.status, ...(answer.status === 200 && answer.json<{ edition: string; units: object[] }>()) }
}

describe('the desk of a body', () => {
  test('is listed beside authorities, and a person who may only approve finds no form', async () => {
    const home = await desk.open('/desk', ONE)
    expect(home.text).toContain(`href="${HOME}"`)
    expect(plain(home.text)).toMatch(/Certification bodies .* may propose · may approve/)
    expect((await desk.open(HOME, ONE)).text).toContain(`${HOME}/actions/state-qualification`)
    expect((await desk.open(HOME, TWO)).text).not.toContain('/actions/')
  })

  test('I36: answers a third person like a body that does not exist, with each of its addresses', async () => {
    const none = await desk.open('/desk/issuers/demo-nobody', 'somebody')
    expect(none.status).toBe(404)
    for (const path of [HOME, `${HOME}/actions/state-qualification`, `${HOME}/proposals/none`]) {
      const answer = await desk.open(path, 'somebody')
      expect([path, answer.status, answer.text]).toEqual([path, 404, none.text])
    }
    const sent = await desk.send('state-qualification', statement, 'send', { home: HOME, one: 'somebody' })
    expect(sent.status).toBe(404)
    // An authority has its own desk, and actions of authorities are not at that of a body.
    expect((await desk.open('/desk/issuers/demo-th-onec', 'demo-th-onec-officer-1')).status).toBe(404)
    expect((await desk.open(`${HOME}/actions/accredit`, ONE)).status).toBe(404)
  })
})

describe('two officers state a qualification', () => {
  test('each faulty line is named with its cell, in both languages, and the pasted text stays', async () => {
    const pasted = ['code;title', ...units.slice(0, 5), ';Work safely', 'HW-02;Weld pipes', 'HW-08;Keep;records'].join(
      '\n',
    )
    const wrong = await desk.send('state-qualification', { ...statement, 'edition.units': pasted }, 'check', at)
    expect(wrong.status).toBe(422)
    expect(plain(wrong.text)).toContain('Line 7: the code is missing.')
    expect(plain(wrong.text)).toContain('Line 9: This line has more than two cells.')
    expect(typedIn(wrong.text, 'edition.units')).toBe(pasted)
    const twice = pasted.replace(';Work safely', 'HW-06;Work safely').replace('Keep;records', 'Keep records')
    const same = await desk.send('state-qualification', { ...statement, 'edition.units': twice }, 'check', at)
    expect(plain(same.text)).toContain('Line 8, code: This code looks like the code of another unit.')
    const thai = await desk.send('state-qualification', { ...statement, 'edition.units': pasted }, 'check', {
      ...at,
      query: '?lang=th',
    })
    expect(plain(thai.text)).toContain('บรรทัดที่ 7: ไม่มีรหัส')
    const many = Array.from({ length: 77 }, (_, number) => `U${number};Unit ${number}`).join('\n')
    const most = await desk.send('state-qualification', { ...statement, 'edition.units': many }, 'check', at)
    expect(plain(most.text)).toContain('One certificate cannot name so many')
  })

  test('with eight pasted units, after the second one has seen all of it and what follows', async () => {
    const checked = await desk.send('state-qualification', statement, 'check', at)
    const text = plain(checked.text)
    for (const words of [
      'Units (8)',
      'Cut, grind and finish',
      'Certificate of skills',
      'Law that demands it for the work Harbour Safety Act, section 4',
      'What it does not cover Not under water.',
      'It becomes part of no accreditation by itself',
    ])
      expect(text).toContain(words)
    expect((await today()).status).toBe(404)
    await desk.decided('state-qualification', statement, at)
    expect(await today()).toMatchObject({
      edition: '2026',
      units: { length: 8 },
      limits: 'Not under water.',
      requiredByLaw: { law: 'Harbour Safety Act, section 4' },
    })
    const shown = plain((await desk.open(HOME, ONE)).text)
    expect(shown).toMatch(
      /Harbour Welding 2 .*Stated by Department of Skill Development.*Edition 2026 today.*Units \(8\)/,
    )
  })

  test('an expired session keeps the typed text for the next sign-in', async () => {
    const cookie = await desk.cookie(ONE)
    const formToken = await desk.formToken(cookie)
    registry.pass(61 * 60_000)
    const path = `${HOME}/actions/state-edition`
    const fields = { qualification: ID, ...edition, 'edition.id': '2027', step: 'send' }
    const late = await desk.ask('POST', path, { headers: { cookie }, formToken, fields })
    expect([late.status, late.text.includes('What you typed is kept')]).toEqual([403, true])
    const kept = late.headers
      .getSetCookie()
      .find((line) => line.startsWith('__Host-sijil-form='))
      ?.split(';')[0]
    const again = await desk.ask('GET', path, { headers: { cookie: `${await desk.cookie(ONE)}; ${kept}` } })
    expect(again.status).toBe(200)
    expect(typedIn(again.text, 'edition.units')?.replaceAll('\r', '')).toBe(units.join('\n'))
    expect(again.text).toContain('value="2027"')
  })

  test('Q007: a qualification of another owner, and one of the baseline, are not found at the desk', async () => {
    for (const qualification of ['demo-ph-tesda.masonry', 'th-brick-1', `${DSD}.nothing`]) {
      const shown = await desk.open(`${HOME}/actions/state-edition?qualification=${qualification}`, ONE)
      const sent = await desk.send('state-edition', { qualification, ...edition }, 'send', at)
      expect([qualification, shown.status, sent.status]).toEqual([qualification, 404, 404])
    }
  })

  test('a correction begins with the edition of today, and shows old and new side by side', async () => {
    const form = await desk.open(`${HOME}/actions/state-edition?qualification=${ID}&edition=2026`, ONE)
    expect(typedIn(form.text, 'edition.units')).toContain('HW-07\tWeld pipes')
    const corrected = units
      .filter((unit) => !unit.startsWith('HW-08'))
      .join('\n')
      .replace('Weld pipes', 'Weld pipes of steel')
    const fields = { qualification: ID, ...edition, 'edition.units': `${corrected}\nHW-09;Weld rails` }
    const checked = plain((await desk.send('state-edition', fields, 'check', at)).text)
    expect(checked).toContain('Same: 6. Changed: 1. New: 1. Left out: 1.')
    expect(checked).toMatch(/Weld pipes Weld pipes of steel .*Title changed/)
    await desk.decided('state-edition', fields, at)
    expect(await today()).toMatchObject({ units: { length: 8 } })
    expect(plain((await desk.open(HOME, ONE)).text)).toContain('Weld pipes of steel')
  })

  test('a title in another form is stated anew, and a stale approval is refused in plain words', async () => {
    const { localId: _, ...rest } = Object.fromEntries(
      Object.entries(statement).filter(([name]) => !name.startsWith('edition')),
    ) as Fields
    const anew = (title: string) => ({ qualification: ID, ...rest, title })
    const propose = async (title: string) => {
      const first = await desk.send('restate-qualification', anew(title), 'send', at)
      const seen = /name="seen" value="([^"]+)"/.exec(first.text)?.[1]
      const sent = seen ? await desk.send('restate-qualification', { ...anew(title), seen }, 'send', at) : first
      return String(sent.headers.get('location'))
    }
    const [one, other] = [await propose('Harbour Welding II'), await propose('Harbour Welding Two')]
    const approve = async (path: string) => {
      const hash = /data-hash>([^<]+)</.exec((await desk.open(path, TWO)).text)?.[1] ?? ''
      return desk.ask('POST', `${path}/approve`, { ...(await desk.as(TWO)), fields: { hash } })
    }
    expect((await approve(one)).status).toBe(303)
    const stale = await approve(other)
    expect(stale.status).toBe(409)
    expect(plain(stale.text)).toContain('This record was restated after this was proposed.')
    const done = plain((await desk.open(one, TWO)).text)
    expect(done).toMatch(/Title Harbour Welding 2 Harbour Welding II/)
  })

  test('in a browser at both widths, without a script and by keyboard, and axe finds nothing', async () => {
    const cookie = await desk.cookie(ONE)
    const wide = await visit(browser, `${registry.baseUrl}/desk`, { scripts: false, width: 1280, cookie })
    const { page } = wide
    await page.getByRole('link', { name: 'Department of Skill Development' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: 'State a new qualification' }).focus()
    await page.keyboard.press('Enter')
    await page.waitForURL(/state-qualification/)
    const labels: [string, string][] = [
      ['Short identifier of the qualification', 'rigging'],
      ['Title in English', 'Harbour Rigging'],
      ['What the holder was found able to do', 'Found able to rig loads.'],
      ['Field of study', 'Transport'],
      ['Address where you publish it', source],
      ['Name of the edition', '2026'],
      ['First day of award', '2026-01-01'],
      ['Units, pasted from a spreadsheet', 'R1\tRig a load\nR2\tSignal to a crane'],
      ['Address of the document of the standard', source],
    ]
    for (const [label, text] of labels) await page.getByLabel(label).fill(text)
    await page.getByLabel('Kind', { exact: true }).selectOption('skills-certificate')
    await page.getByLabel('Title in English').press('Enter')
    expect(await page.locator('h1').innerText()).toBe('Check your answers')
    await page.getByRole('button', { name: 'Propose' }).press('Enter')
    expect(await page.locator('h1').innerText()).toMatch(/^State the new qualification Harbour Rigging/)
    const proposal = new URL(page.url()).pathname
    await wide.close()

    const addresses = [
      '/desk',
      HOME,
      proposal,
      `${HOME}/actions/state-qualification`,
      `${HOME}/actions/state-edition?qualification=${ID}&edition=2026`,
    ]
    for (const width of [390, 1280]) {
      const { page: read, close } = await visit(browser, `${registry.baseUrl}/desk`, { width, cookie })
      for (const address of addresses) await expectClear(read, address, width === 390 ? 'th' : 'en')
      await close()
    }
  })

  async function expectClear(page: Page, address: string, language: 'en' | 'th') {
    registry.showAll()
    await page.goto(`${registry.baseUrl}${address}${address.includes('?') ? '&' : '?'}lang=${language}`)
    expect([address, await unclear(page)]).toEqual([address, []])
  }

  test('a record that was assigned to the body waits at its desk, with a form that begins with the record', async () => {
    const { decide, base } = await officersOf(registry)
    const record = { kind: 'qualification', record: 'th-painter-1', owner: DSD, basis: 'B.E. 2569/9' }
    await decide(`${base}/assignments`, record)
    const shown = await registry.later(() => desk.open(HOME, ONE))
    expect(plain(shown.text)).toMatch(
      /th-painter-1 Read from public sources, and assigned to this body .*Not stated yet/,
    )
    const address = `${HOME}/actions/state-assigned-qualification?assignedQualification=th-painter-1`
    expect(shown.text).toContain(`href="${address}"`)
    expect((await desk.open(HOME, TWO)).text).not.toContain('/actions/')
    const cookie = await desk.cookie(ONE)
    for (const width of [390, 1280]) {
      const { page: read, close } = await visit(browser, `${registry.baseUrl}/desk`, { width, cookie })
      for (const each of [HOME, address]) await expectClear(read, each, width === 390 ? 'th' : 'en')
      await close()
    }
  })

  test('the qualification is retired by two officers, and nothing more can be stated about it', async () => {
    const retirement = { qualification: ID, basis: 'Board minute 9', reason: 'The trade has changed' }
    await desk.decided('retire-qualification', retirement, at)
    expect(plain((await registry.later(() => desk.open(HOME, ONE))).text)).toMatch(/Harbour Welding II .*Retired from/)
    const late = await desk.send('state-edition', { qualification: ID, ...edition, 'edition.id': '2028' }, 'check', at)
    expect([late.status, plain(late.text)]).toEqual([409, expect.stringContaining('This qualification is retired')])
  })
})

test('the commands of docs/qualifications.md state a qualification and an edition, and retire it', async () => {
  const text = readFileSync(new URL('../../docs/qualifications.md', import.meta.url), 'utf8')
  const commands = [...text.matchAll(/curl -s \$ISSUER(\S+)[^']*(?:'content-type: application\/json') -d '([^']+)'/g)]
  expect(commands.map(([, path]) => path)).toHaveLength(3)
  const { first, second, authority } = await officersOf(registry, PQFNCC)
  for (const [, path = '', body = ''] of commands) {
    const proposed = await first(`/issuers/${authority}${path}`, JSON.parse(body))
    expect([path, proposed.status, proposed.text]).toEqual([path, 202, expect.stringContaining('"open"')])
    const { id, hash } = proposed.json<{ id: string; hash: string }>()
    const approved = await second(`/issuers/${authority}/qualifications/proposals/${id}/approve`, { hash })
    expect([path, approved.status]).toEqual([path, 200])
  }
})
