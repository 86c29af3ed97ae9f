import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, setCookie, unclear, visit } from '../support/browser.ts'
import { runHere } from '../support/command.ts'
import { type OpenRegistry, openRegistry } from '../support/local-registry.ts'
import { isSeason } from '../support/season.ts'
import { until } from '../support/until.ts'
import { day } from './certificate.ts'
import { atTheDesk, plain } from './desk-officers.ts'
import { DSD, officersOf, QUALIFICATION } from './trust.ts'

/** A season's batch in a real browser without scripts: from the file of an office to the outcome of each row. */

const [CLERK, SECOND, STRANGER] = ['dsd-clerk', 'dsd-officer-2', 'demo-xs-stc-officer-1']
const HOME = `/desk/issuers/${DSD}/batches`
/** Rows of the season, and how many of them have a fault of each kind. */
const [SEASON, YEARS, DIGITS] = isSeason ? [1_200, 30, 7] : [52, 3, 1]

let registry: OpenRegistry
let browser: Browser
let desk: ReturnType<typeof atTheDesk>
beforeAll(async () => {
  ;[registry, browser] = await Promise.all([openRegistry(), openBrowser()])
  desk = atTheDesk(registry)
  const { decide, base } = await officersOf(registry)
  await decide(`${base}/members`, { owner: DSD, subject: CLERK, roles: ['issue', 'status', 'approve', 'read'] })
  await decide(`${base}/members`, { owner: DSD, subject: SECOND, roles: ['approve', 'read'] })
})
afterAll(async () => {
  await browser?.close()
  await registry?.close()
})

const LOOK_EVERY_MS = isSeason ? 1_000 : 20

const [year = '', month = '', date = ''] = day(5).split('-')
/** `Ref` says nothing. The first years are Buddhist, some names further down have a digit, and no row names its qualification. */
const rowsOf = (count: number, series: string, years = 3, digits = 1) => [
  'Full name,Ref,Date awarded',
  ...Array.from(
    { length: count },
    (_, at) =>
      `ANA ${at >= 40 && at < 40 + digits ? '7 SECRET' : 'SECRET'},${series}-${1_000 + at},${at < years ? `${date}/${month}/${Number(year) + 543}` : day(5)}`,
  ),
]
const fileOf = (lines: readonly string[]) => ({
  name: 'season of Ana.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(lines.join('\n')),
})
const press = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).click()
const as = (subject: string, path = HOME, width = 1280) =>
  desk.cookie(subject).then((cookie) => visit(browser, `${registry.baseUrl}${path}`, { width, scripts: false, cookie }))

/** Sends a file as its button does. Returns the address of the batch. */
async function sent(lines: readonly string[], subject = CLERK): Promise<string> {
  const { page, close } = await as(subject)
  await page.getByLabel('Spreadsheet').setInputFiles(fileOf(lines))
  await press(page, 'Send and check the rows')
  const path = new URL(page.url()).pathname
  await close()
  return path
}
/** Each press of a page, as a program sends it. */
const send = async (path: string, fields: Record<string, string>, subject = CLERK) =>
  desk.ask('POST', path, { ...(await desk.as(subject)), fields })

/** A file of more rows than a request may have has a form of its own, which goes to the store of files. */
async function sendSeason(page: Page): Promise<void> {
  const remark = 'of no column of ours '.repeat(70)
  const lines = rowsOf(SEASON, 'TH', YEARS, DIGITS).map((line, at) => `${line},${at === 0 ? 'Remark' : remark}`)
  const file = fileOf(lines)
  // Other forms of the desk may have 64 KiB.
  expect(file.buffer.byteLength).toBeGreaterThan(64 * 1024)
  if (!isSeason) {
    await page.getByLabel('Spreadsheet').setInputFiles(file)
    return press(page, 'Send and check the rows')
  }
  await page.getByRole('link', { name: 'A file with more than 500 rows' }).click()
  await page.getByLabel('Large spreadsheet').setInputFiles(file)
  await press(page, 'Send the large file')
  await press(page, /^Check the rows/)
}

test('R-104, I59: a clerk sends a file, maps its columns, accepts an offer and closes; a second officer approves; the rows are issued', async () => {
  const clerk = await as(CLERK, `/desk/issuers/${DSD}`)
  await clerk.page.getByRole('link', { name: 'Batches' }).click()
  await sendSeason(clerk.page)
  const path = new URL(clerk.page.url()).pathname
  expect(path).toMatch(new RegExp(`^${HOME}/[0-9a-f-]{36}$`))
  expect(await clerk.page.locator('[data-counts]').innerText()).toBe(
    `${SEASON} sent: 0 issued, 0 not issued, ${SEASON} still to do`,
  )

  // What the columns mean, and one qualification for all rows.
  await clerk.page.getByLabel('Column B: Ref').selectOption('number')
  await clerk.page.getByLabel('Qualification of all rows').selectOption(QUALIFICATION)
  await press(clerk.page, 'Save and check again')
  expect(await clerk.page.locator('[data-fates]').innerText()).toBe(
    `${SEASON - YEARS - DIGITS} rows can be issued. ${YEARS + DIGITS} rows have a fault.`,
  )
  expect(await clerk.page.locator('[data-kind=buddhist-year]').innerText()).toContain(
    `${date}/${month}/${Number(year) + 543}`,
  )
  expect(await clerk.page.content()).not.toContain('SECRET')

  // One button for all of a kind, and the others cell by cell, after a press that shows them.
  await press(clerk.page, `Accept the offer for all ${YEARS} rows`)
  await press(clerk.page, 'Show these cells')
  expect(await clerk.page.content()).toContain('ANA 7 SECRET')
  // Names without a fault stay in the file.
  expect(await clerk.page.content()).not.toContain('ANA SECRET')
  const cells = clerk.page.getByLabel(/^Line \d+, Name as printed/)
  expect(await cells.count()).toBe(DIGITS)
  for (const cell of await cells.all()) await cell.fill('ANA SEVEN SECRET')
  await press(clerk.page, 'Save the cells and check again')
  expect(await clerk.page.locator('[data-fates]').innerText()).toBe(
    `${SEASON} rows can be issued. 0 rows have a fault.`,
  )
  await press(clerk.page, `Close these ${SEASON} rows, leave out 0`)
  expect(await clerk.page.locator('main').innerText()).toContain('another officer with the right to approve')
  expect(await clerk.page.getByRole('button', { name: /^Approve|^Issue/ }).count()).toBe(0)
  const hash = await clerk.page.locator('[data-hash]').innerText()

  // B008: nobody who sent or answered approves, not even with the role, a fresh sign-in and the right form.
  const own = await send(path, { do: 'approve', hash })
  expect([own.status, plain(own.text)]).toEqual([403, expect.stringContaining('cannot approve')])
  expect((await send(path, { do: 'start', hash })).status).toBe(403)
  const others = await send(path, { do: 'approve', hash: 'x'.repeat(43) }, SECOND)
  expect([others.status, plain(others.text)]).toEqual([409, expect.stringContaining('It has changed in the meantime')])

  const officer = await as(SECOND, path)
  expect(await officer.page.locator('main').innerText()).toMatch(
    new RegExp(`${SEASON} certificates will be issued[\\s\\S]*th-brick-1`),
  )
  // Three rows by chance, for the list from which the file was made. They name nobody.
  const sample = officer.page.getByRole('table', { name: 'Rows picked by chance' }).locator('tbody')
  expect([(await sample.innerText()).match(/TH-\d+/g)?.length, await officer.page.content()]).toEqual([
    3,
    expect.not.stringContaining('SECRET'),
  ])
  await press(officer.page, `Approve and issue ${SEASON}`)
  await until(async () => {
    await officer.page.reload()
    const words = await officer.page.locator('[data-counts]').innerText()
    const [all, issued, rejected, pending] = (words.match(/\d+/g) ?? []).map(Number)
    expect(all).toBe(Number(issued) + Number(rejected) + Number(pending))
    return words === `${SEASON} sent: ${SEASON} issued, 0 not issued, 0 still to do`
  }, LOOK_EVERY_MS)
  // A second press of the same form changes nothing.
  expect((await send(path, { do: 'approve', hash }, SECOND)).status).toBe(303)
  const results = await desk.open(`${path}/rows.csv`, SECOND)
  expect(results.headers.get('content-type')).toContain('text/csv')
  expect(results.text.match(/"?issued"?/g)).toHaveLength(SEASON)
  expect(results.text).not.toMatch(/SECRET|TH-1/)
  await Promise.all([clerk.close(), officer.close()])
  if (isSeason) printed = { path, rows: SEASON }
}, 600_000)

test('the columns are remembered for the body, and a small batch needs no second officer', async () => {
  const path = await sent(rowsOf(3, 'SMALL'))
  const page = await desk.open(path, CLERK)
  expect(page.text).toMatch(/<option value="number" selected>/)
  await send(path, {
    do: 'columns',
    'column:0': 'name',
    'column:1': 'number',
    'column:2': 'awardedOn',
    'same:qualification': QUALIFICATION,
  })
  await send(path, { do: 'accept', kind: 'buddhist-year' })
  await send(path, { do: 'close' })
  const closed = await desk.open(path, CLERK)
  const hash = /data-hash>([^<]+)</.exec(closed.text)?.[1] ?? ''
  expect((await send(path, { do: 'reopen' })).status).toBe(303)
  expect((await send(path, { do: 'start', hash })).status).toBe(409)
  await send(path, { do: 'close' })
  const again = /data-hash>([^<]+)</.exec((await desk.open(path, CLERK)).text)?.[1] ?? ''
  expect((await send(path, { do: 'start', hash: again })).status).toBe(303)
  await until(async () => plain((await desk.open(path, CLERK)).text).includes('3 issued, 0 not issued, 0 still to do'))
  if (!isSeason) printed = { path, rows: 3 }
})

/** The batch whose papers are made: the season, or in a sample the small one. */
let printed = { path: '', rows: 0 }
/** A ZIP file has so many papers. */
const IN_ONE = 1_000
const addressIn = (text: string) => /href="([^"]+)" data-address/.exec(text)?.[1]?.replaceAll('&amp;', '&') ?? ''

test('R-104, R-113, N011, I59: papers and links of a batch are asked for by one officer, approved by another, loaded from an address of five minutes, and verified at once', async () => {
  const { path: issued, rows } = printed
  const lines = Array.from({ length: rows }, (_, at) => String(at + 2).padStart(6, '0'))
  const zips = Math.ceil(rows / IN_ONE)
  for (const kind of ['papers', 'links', 'codes']) expect((await send(issued, { do: 'files', kind })).status).toBe(303)
  expect((await send(issued, { do: 'file', request: '1', file: '1' })).status).toBe(404)
  expect((await send(issued, { do: 'approve-files', request: '1' })).status).toBe(403)
  expect((await send(issued, { do: 'approve-files', request: '1' }, STRANGER)).status).toBe(404)
  const officer = await as(SECOND, issued, 390)
  for (let left = 3; left > 0; left--)
    await officer.page.getByRole('button', { name: 'Approve', exact: true }).first().click()
  await officer.close()
  await until(
    async () => ((await desk.open(issued, CLERK)).text.match(/Get the address/g) ?? []).length >= 2 * (1 + 2 * zips),
    LOOK_EVERY_MS,
  )
  const page = await desk.open(issued, CLERK)
  expect(page.text).not.toMatch(/data-address|X-Amz/)
  const fileOfKind = async (request: number, file = 1) => {
    const given = await send(issued, { do: 'file', request: String(request), file: String(file) })
    const address = addressIn(given.text)
    expect([given.status, given.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const loaded = await fetch(address)
    return {
      address,
      bytes: new Uint8Array(await loaded.arrayBuffer()),
      status: loaded.status,
      headers: loaded.headers,
    }
  }
  const { textIn, unzipped } = await import('@sijil/paper/files')
  const papers = await fileOfKind(1)
  expect(papers.headers.get('content-disposition')).toBe('attachment; filename="papers-1.zip"')
  const names = [...unzipped(papers.bytes)].map(([name, bytes]) => [name, textIn(bytes.subarray(0, 5))])
  for (let file = 2; file <= zips; file++)
    for (const [name, bytes] of unzipped((await fileOfKind(1, file)).bytes))
      names.push([name, textIn(bytes.subarray(0, 5))])
  expect(names.map(([name]) => name?.slice(0, 6))).toEqual(lines)
  expect(names.every(([, head]) => head === '%PDF-')).toBe(true)
  const links = textIn((await fileOfKind(2)).bytes)
  const folder = await mkdtemp(join(tmpdir(), 'sijil-links-'))
  await writeFile(join(folder, 'links.csv'), links)
  const verified = await runHere(['verify', '--links', 'links.csv', '--report', 'report.csv'], {
    folder,
    environment: { SIJIL_URL: registry.baseUrl },
  })
  expect([verified.code, verified.stdout]).toEqual([
    0,
    `${rows} certificates: ${rows} valid, 0 invalid, 0 indeterminate, 0 not verified\n`,
  ])
  expect((await readFile(join(folder, 'report.csv'), 'utf8')).match(/"urn:uuid:[0-9a-f-]{36}","valid"/g)).toHaveLength(
    rows,
  )
  await rm(folder, { recursive: true })
  const [, link = ''] = /"(http[^"]+)"/.exec(links) ?? []
  expect([links.match(/urn:uuid/g)?.length, /SECRET|SMALL/.test(links)]).toEqual([rows, false])
  expect(plain((await registry.ask(new URL(link).pathname, { headers: { accept: 'text/html' } })).text)).toContain(
    'valid',
  )
  const codes = [...unzipped((await fileOfKind(3)).bytes).keys()].map((name) => name.slice(-4))
  expect(codes.toSorted()).toEqual(['.png', '.svg'].flatMap((end) => lines.slice(0, IN_ONE).map(() => end)))
  // A changed address, and one that has ended, load nothing.
  expect((await fetch(papers.address.replace('X-Amz-Expires=300', 'X-Amz-Expires=900'))).status).toBe(403)
  expect((await fetch(papers.address.replace('papers-1', 'other'))).status).toBe(403)
  registry.pass(301_000)
  expect((await fetch(papers.address)).status).toBe(403)
}, 900_000)

/** A list as a program sends it. */
async function sentByProgram(act: string, lines: readonly string[], scope = 'credentials:status') {
  const token = await registry.token(DSD, `${scope} credentials:read`)
  const sent = await registry.ask(`/issuers/${DSD}/credentials/${act}`, {
    body: lines.join('\n'),
    token,
    headers: { 'content-type': 'text/csv', 'idempotency-key': lines.join() },
  })
  const ask = (verb: string, body?: object) =>
    registry.ask(`/issuers/${DSD}/batches/${sent.json<{ id: string }>().id}/${verb}`, { token, ...(body && { body }) })
  return { sent, ask, token }
}

test('U001, I59, I72: a program sends a list to revoke beyond the brake, a second officer approves it at the desk, and every row is counted', async () => {
  expect((await sentByProgram('revoke', ['number', 'TH-1000'], 'credentials:issue')).sent.status).toBe(403)
  const numbers = Array.from({ length: 25 }, (_, at) => `TH-${1_000 + at}`)
  const { sent, ask, token } = await sentByProgram('revoke', ['number', ...numbers, 'TH-1000', 'ZZ-1'])
  expect([sent.status, sent.json()]).toMatchObject([201, { act: 'revoke', submitted: 27, changed: 0, pending: 27 }])
  const { id } = sent.json<{ id: string }>()
  const issuing = await registry.token(DSD, 'credentials:issue')
  expect((await registry.ask(`/issuers/${DSD}/batches/${id}/close`, { token: issuing, body: {} })).status).toBe(403)
  expect((await ask('answers', { same: { reason: 'issued-in-error' } })).json()).toMatchObject({ ready: 25 })
  const preview = await ask('preview')
  expect(preview.json()).toMatchObject({
    act: 'revoke',
    fates: numbers.map((_, at) => ({ line: at + 2, state: 'in-force', reason: 'issued-in-error' })),
    faults: [
      { line: 27, kind: 'listed-twice' },
      { line: 28, kind: 'unknown-certificate' },
    ],
  })
  expect(preview.text).not.toMatch(/SECRET|TH-1|ZZ-1/)
  const closed = (await ask('close', {})).json<{ hash: string; second: boolean }>()
  expect(closed).toMatchObject({ state: 'closed', second: true, leftOut: 2 })
  expect((await ask('preview')).json<{ fates: object[] }>().fates).toEqual(preview.json<{ fates: object[] }>().fates)
  const path = `${HOME}/${id}`
  const page = await desk.open(path, SECOND)
  expect(plain(page.text)).toMatch(/25 certificates will be revoked, for good\. 2 rows are left out\./)
  expect((await desk.open(`${path}/rows.csv`, SECOND)).text.match(/"?in-force"?/g)).toHaveLength(25)
  expect((await send(path, { do: 'approve', hash: closed.hash }, SECOND)).status).toBe(303)
  await until(async () => {
    const now = (await registry.ask(`/issuers/${DSD}/batches/${id}`, { token })).json<Record<string, number>>()
    expect(now.submitted).toBe(Number(now.changed) + Number(now.rejected) + Number(now.pending))
    return now.pending === 0
  })
  const { rows, changed } = (await ask('results')).json<{ rows: { certificate: string }[]; changed: number }>()
  expect([changed, rows.length]).toEqual([25, 25])
  const one = await registry.ask(`/issuers/${DSD}/credentials/${rows[0]?.certificate.slice(9)}`, { token })
  expect(one.json()).toMatchObject({ state: 'revoked', reason: 'issued-in-error' })
  expect((await send(path, { do: 'files', kind: 'links' })).status).toBe(409)
})

let listed = ''
test('a clerk sends a list to suspend without a script, gives one reason for all, and cannot approve it', async () => {
  const { page, close } = await as(CLERK)
  await page.getByLabel('What the list does').selectOption('suspend')
  await page.getByLabel('List of certificates').setInputFiles(fileOf(['Ref', 'TH-1030', 'TH-1031', 'TH-1000']))
  await press(page, 'Send and check the list')
  listed = new URL(page.url()).pathname
  await page.getByLabel('Reason of all rows without one').selectOption('under-investigation')
  await press(page, 'Save and check again')
  expect(await page.locator('[data-fates]').innerText()).toBe('2 certificates can be changed. 1 rows have a fault.')
  expect(await page.locator('[data-kind=already-revoked]').count()).toBe(1)
  await press(page, 'Close these 2 rows, leave out 1')
  const hash = await page.locator('[data-hash]').innerText()
  await close()
  expect((await send(listed, { do: 'approve', hash })).status).toBe(403)
  expect((await send(listed, { do: 'start', hash })).status).toBe(403)
  expect((await send(listed, { do: 'approve', hash }, STRANGER)).status).toBe(404)
})

test('B001, I36: a batch of another body is unknown at every address, for every press', async () => {
  const path = await sent(rowsOf(2, 'IDOR'))
  const elsewhere = path.replace(DSD, 'demo-xs-stc')
  for (const [address, subject] of [
    [path, STRANGER],
    [elsewhere, STRANGER],
    [`${path}/rows.csv`, STRANGER],
    [`${elsewhere}/rows.csv`, STRANGER],
    [HOME, STRANGER],
    [elsewhere, CLERK],
  ] as const)
    expect([address, subject, (await desk.open(address, subject)).status]).toEqual([address, subject, 404])
  for (const what of [
    'columns',
    'accept',
    'cells',
    'names',
    'close',
    'reopen',
    'start',
    'approve',
    'pause',
    'resume',
    'cancel',
    'files',
    'approve-files',
    'file',
  ])
    for (const address of [path, elsewhere])
      expect([
        what,
        (await send(address, { do: what, hash: 'x'.repeat(43), kind: 'merged', request: '1', file: '1' }, STRANGER))
          .status,
      ]).toEqual([what, 404])
  // An approver reads it, and may not answer about it.
  expect((await send(path, { do: 'accept', kind: 'merged' }, SECOND)).status).toBe(404)
  expect((await desk.open(path, SECOND)).text).not.toContain('name="column:')
})

test('I39: a press from another site changes nothing, and an unknown one comes back', async () => {
  const path = await sent(rowsOf(2, 'CSRF'))
  const { headers } = await desk.as(CLERK)
  expect((await desk.ask('POST', path, { headers, fields: { do: 'cancel' } })).status).toBe(403)
  expect((await send(path, { do: 'sign' })).status).toBe(422)
  expect((await send(path, { do: 'columns', 'column:0': 'name', 'column:1': 'name' })).status).toBe(422)
  expect((await send(path, { do: 'cells', 'cell:2:nobody': 'x' })).status).toBe(422)
  expect((await send(path, { do: 'pause' })).status).toBe(409)
  expect(plain((await desk.open(path, CLERK)).text)).toContain('Rows to check')
  expect((await send(path, { do: 'cancel' })).status).toBe(303)
  expect(plain((await desk.open(path, CLERK)).text)).toContain('2 sent: 0 issued, 2 not issued, 0 still to do')
})

test('a file that cannot be read comes back with what to do, and a file without names of columns shows no cell', async () => {
  const { page, close } = await as(CLERK)
  await page.getByLabel('Spreadsheet').setInputFiles(fileOf(['name', '"SECRET" x']))
  await press(page, 'Send and check the rows')
  expect(await page.title()).toContain('There is a problem')
  expect(await page.content()).not.toContain('SECRET')
  await close()
  const path = await sent(['PERSON SECRET,X-1,2026-01-01', 'OTHER SECRET,X-2,2026-01-01'])
  const shown = await desk.open(path, CLERK)
  expect(shown.text).not.toContain('SECRET')
  expect(shown.text).toContain('Column A')
})

test('a large file goes to the store of files and comes back to be read, without a script', async () => {
  const { page, close } = await as(CLERK, HOME, 390)
  await page.getByRole('link', { name: 'A file with more than 500 rows' }).click()
  await page.getByLabel('Large spreadsheet').setInputFiles(fileOf(rowsOf(4, 'BIG')))
  await press(page, 'Send the large file')
  expect(new URL(page.url()).pathname).toBe(HOME)
  expect(await page.locator('main').innerText()).toContain('Your file arrived')
  await press(page, /^Check the rows/)
  expect(await page.locator('[data-counts]').innerText()).toBe('4 sent: 0 issued, 0 not issued, 4 still to do')
  await close()
  expect((await send(HOME, { arrived: '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11' })).status).toBe(409)
  expect((await desk.open(`${HOME}?large=yes`, SECOND)).status).toBe(404)
})

test('I37, I59: a long list goes to the store of files too, by a token for changes alone, and what it does is said when it is read', async () => {
  const [changing, issuing] = await Promise.all(
    ['credentials:status', 'credentials:issue'].map((scope) => registry.token(DSD, scope)),
  )
  const ask = (path: string, body: object, token = changing) =>
    registry.ask(`/issuers/${DSD}/batches/${path}`, {
      body,
      ...(token && { token }),
      headers: { 'idempotency-key': 'long-list' },
    })
  const { id, url, fields } = (await ask('uploads', {})).json<{
    id: string
    url: string
    fields: Record<string, string>
  }>()
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  form.set('file', new Blob([['number', ...Array.from({ length: 10_001 }, () => 'NONE-1')].join('\n')]))
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204)
  expect((await ask(`${id}/start`, { act: 'suspend' }, issuing)).status).toBe(403)
  expect((await ask(`${id}/start`, {})).status).toBe(403)
  const read = await ask(`${id}/start`, { act: 'suspend' })
  expect([read.status, read.json()]).toMatchObject([200, { act: 'suspend', submitted: 10_001, changed: 0 }])
  expect((await ask(`${id}/start`, { act: 'revoke' })).status).toBe(409)
  expect((await ask(`${id}/start`, { hash: 'x'.repeat(43) }, issuing)).status).toBe(403)
  // At the desk the form asks what the file does.
  const arrived = plain((await desk.open(`${HOME}?arrived=${id}`, CLERK)).text)
  expect(arrived).toMatch(/Your file arrived[\s\S]*Issue certificates[\s\S]*Suspend the certificates/)
  expect((await send(HOME, { arrived: id, act: 'suspend' })).headers.get('location')).toContain(`/batches/${id}`)
})

test('R-104: a file beyond 10,000 rows is shown and closed in parts, and its rows are loaded in parts', async () => {
  const token = await registry.token(DSD, 'credentials:issue')
  const asked = await registry.ask(`/issuers/${DSD}/batches/uploads`, {
    ...{ body: {}, token, headers: { 'idempotency-key': 'parts' } },
  })
  const { id, url, fields } = asked.json<{ id: string; url: string; fields: Record<string, string> }>()
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const named = `${QUALIFICATION},ANA EXAMPLE,PARTS-1,${day(5)}`
  const lines = Array.from({ length: 10_001 }, (_, at) =>
    at === 10_000 ? named : `${QUALIFICATION},,PARTS-${at + 2},`,
  )
  form.set('file', new Blob([['qualification,name,number,awardedOn', ...lines].join('\n')]))
  expect((await fetch(url, { method: 'POST', body: form })).status).toBe(204)
  const path = `${HOME}/${id}`
  // The file is read for the one who asked for its target.
  expect((await send(HOME, { arrived: id })).status).toBe(409)
  expect((await registry.ask(`/issuers/${DSD}/batches/${id}/start`, { body: {}, token })).status).toBe(200)
  const first = plain((await desk.open(path, CLERK)).text)
  expect(first).toMatch(/Closed so far: 0 of 2[\s\S]*Close part 1 of 2: 0 rows, leave out 10000/)
  expect((await send(path, { do: 'close', part: '1' })).headers.get('location')).toContain('part=2')
  const second = plain((await desk.open(`${path}?part=2`, CLERK)).text)
  expect(second).toMatch(/Closed so far: 1 of 2[\s\S]*Close part 2 of 2: 1 rows, leave out 0/)
  expect((await desk.open(`${path}/rows.csv?part=2`, CLERK)).text).not.toContain('faulty')
  expect((await desk.open(`${path}?part=3`, CLERK)).status).toBe(400)
  await send(path, { do: 'close', part: '2' })
  expect(plain((await desk.open(path, CLERK)).text)).toContain(
    '1 certificates will be issued. 10000 rows are left out.',
  )
})

test('R-017: the list and a batch in each state are accessible, fit a phone, and are in Thai throughout', async () => {
  const open = await sent([
    ...rowsOf(30, 'LOOK'),
    ...Array.from({ length: 30 }, (_, at) => `ANA ${at} 9,LOOK-${at},03/04/2026`),
  ])
  const closed = await sent(rowsOf(3, 'SHUT'))
  const answers = { do: 'columns', 'column:0': 'name', 'column:1': 'number', 'column:2': 'awardedOn' }
  await send(open, { ...answers, 'same:qualification': QUALIFICATION })
  await send(closed, { ...answers, 'same:qualification': QUALIFICATION })
  await send(closed, { do: 'accept', kind: 'buddhist-year' })
  await send(closed, { do: 'close' })
  const list = (await sentByProgram('reinstate', ['certificate,reason', 'x,y', ','])).sent.json<{ id: string }>().id
  const done = new RegExp(`href="([^"]+/batches/[0-9a-f-]{36})"[\\s\\S]*?${SEASON} sent`).exec(
    (await desk.open(HOME, CLERK)).text,
  )?.[1]
  const pages = {
    list: HOME,
    large: `${HOME}?large=yes&arrived=5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11`,
    open,
    closed,
    files: printed.path,
    listed,
    'list open': `${HOME}/${list}`,
    ...(done && { done }),
  }
  const { page, close } = await visit(browser, 'about:blank')
  await setCookie(page.context(), await desk.cookie(CLERK), registry.baseUrl)
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 })
    for (const language of ['en', 'th'])
      for (const [name, path] of Object.entries(pages)) {
        await page.goto(`${registry.baseUrl}${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
        if (process.env.PICTURES)
          await page.screenshot({
            path: `${process.env.PICTURES}/batch-${name}-${language}-${width}.png`,
            fullPage: true,
          })
        expect([name, await unclear(page)]).toEqual([name, []])
      }
  }
  await close()
}, 120_000)
