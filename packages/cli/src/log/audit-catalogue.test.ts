import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from '../json.ts'
import { auditCatalogue } from './audit-catalogue.ts'

const COOKERY = 'registry/qualification:demo-body.cookery'
const FRAMEWORK = 'registry/framework:demo-pqf.sqf'
const owner = { id: 'demo-body', name: 'Harbour Crafts' }

interface Stated {
  stream: string
  number: number
  events: readonly object[]
  effectiveAt: string
  recordedAt: string
}
const aStatement = (number: number, title: string, change: Partial<Stated> = {}): Stated => ({
  stream: COOKERY,
  number,
  events: [{ type: 'qualification-stated', statement: { title }, statedBy: owner }],
  effectiveAt: '2026-01-01T00:00:00.000Z',
  recordedAt: `2026-01-0${number + 1}T00:00:00.000Z`,
  ...change,
})
const hashOf = (text: string) => new Uint8Array(createHash('sha256').update(text).digest())

/** A registry that logged, stored and listed these. */
function aRegistry({
  logged = [aStatement(0, 'Cookery')],
  stored = logged,
  listed = [{ id: 'demo-body.cookery', title: 'Cookery', owner }],
  files = new Map<string, string>(),
  before = 0,
}: {
  logged?: readonly Stated[]
  stored?: readonly Stated[]
  listed?: readonly object[]
  /** In the place of the right ones, by their entries. */
  files?: ReadonlyMap<string, string>
  /** The number of entries that the auditor saw before. */
  before?: number
} = {}) {
  const texts = logged.map((statement) => canonicalJson(statement))
  const byKey = new Map(texts.map((text) => [Buffer.from(hashOf(text)).toString('base64url'), text]))
  return auditCatalogue(
    { entries: texts.map(hashOf), before },
    {
      ask: async (path) => {
        const [, kinds] = /^\/log\/catalogue\/records\?of=(\w+)s&limit=100(?:&page=two)?$/.exec(path) ?? []
        if (kinds !== undefined) {
          const kind = { decision: 'recognition', version: 'joint' }[kinds] ?? kinds
          const all = stored
            .filter(({ stream }) => stream.startsWith(`registry/${kind}:`))
            .map((record) => ({ record }))
          return path.includes('page=')
            ? { records: all.slice(1) }
            : { records: all.slice(0, 1), ...(all.length > 1 && { next: 'two' }) }
        }
        if (path.startsWith('/qualifications?') || path === '/qualifications')
          return path.includes('?')
            ? { asOf: '2026-02-01', qualifications: listed.slice(1) }
            : { asOf: '2026-02-01', qualifications: listed.slice(0, 1), ...(listed.length > 1 && { next: 'two' }) }
        const [, kind, id] =
          /^\/(qualification|framework|description)s\/(.+)\/records$/.exec(decodeURIComponent(path)) ?? []
        const records = stored.filter(({ stream }) => stream === `registry/${kind}:${id}`).map((record) => ({ record }))
        return records.length > 0 ? { records } : {}
      },
      read: async (path) => {
        const key = path.split('/').at(-1) ?? ''
        const text = files.get(key) ?? byKey.get(key)
        return text === undefined || text === '' ? undefined : new TextEncoder().encode(text)
      },
    },
  )
}

describe('R013, R-021: an audit of the catalogue from outside', () => {
  test('finds nothing where entries, files, records and the list agree', async () => {
    const framework = aStatement(0, '', { stream: FRAMEWORK, events: [{ type: 'framework-stated', statedBy: owner }] })
    const listed = [
      { id: 'demo-body.cookery', title: 'Cookery II', owner },
      { id: 'ph-masonry-nc2', title: 'Masonry' },
    ]
    const masonry = aStatement(0, '', {
      stream: 'registry/qualification:ph-masonry-nc2',
      events: [{ type: 'baseline-stated', baseline: 1, readOn: '2026-11-24', record: {} }],
    })
    const logged = [aStatement(0, 'Cookery'), framework, aStatement(1, 'Cookery II'), masonry]
    expect(await aRegistry({ logged, listed })).toEqual([])
    // One that nobody stated and no log has is invented.
    expect(await aRegistry({ logged: logged.slice(0, 3), listed })).toEqual(['qualifications ph-masonry-nc2'])
  })

  test('a list that is refused is a difference, and so is a second record of the same number', async () => {
    const none = await auditCatalogue(
      { entries: [], before: 0 },
      { ask: async () => ({}), read: async () => undefined },
    )
    expect(none).toContain('/qualifications: page 1 is no list')
    expect(none).toHaveLength(6)
    const forged = aStatement(0, 'Cookery', { effectiveAt: '2020-01-01T00:00:00.000Z' })
    const twice = await aRegistry({ logged: [aStatement(0, 'Cookery')], stored: [forged, aStatement(0, 'Cookery')] })
    expect(twice).toEqual([`${COOKERY}/0: in no log`])
  })

  test('follows what is stated about bodies, arrangements and states, and names a change of it', async () => {
    const stated = (named: string, readOn: string) =>
      aStatement(0, '', {
        stream: `registry/description:${named}`,
        events: [{ type: 'baseline-stated', baseline: 1, readOn, record: {} }],
      })
    const all = ['body:ph-tesda', 'arrangement:nursing', 'state:PH'].map((named) => stated(named, '2026-11-24'))
    const logged = [aStatement(0, 'Cookery'), ...all]
    expect(await aRegistry({ logged })).toEqual([])
    const other = stated('body:ph-tesda', '2020-01-01')
    const stored = [aStatement(0, 'Cookery'), other, ...all.slice(1)]
    expect(await aRegistry({ logged, stored })).toEqual([`${other.stream}/0: changed (log/catalogue/1)`])
    const deleted = [aStatement(0, 'Cookery'), ...all.slice(0, 2)]
    expect(await aRegistry({ logged, stored: deleted })).toEqual([
      'registry/description:state:PH/0: in the log alone (log/catalogue/3)',
    ])
  })

  test.each([
    ['class decisions', 'registry/recognition:https:%2F%2Fother.example%2Fqualifications%2Fx:not%20stated'],
    ['joint versions', 'registry/joint:comparison:demo-xs-authority.bricks:1'],
  ])('follows %s, and names one that no log has', async (_, stream) => {
    const decided = (number: number) => aStatement(number, '', { stream, events: [{ type: 'decided' }] })
    const logged = [aStatement(0, 'Cookery'), decided(0)]
    expect(await aRegistry({ logged })).toEqual([])
    expect(await aRegistry({ logged, stored: [...logged, decided(1)] })).toEqual([`${decided(1).stream}/1: in no log`])
  })

  test('names a file that is lost, and one that says something else', async () => {
    const [entry = ''] = [Buffer.from(hashOf(canonicalJson(aStatement(0, 'Cookery')))).toString('base64url')]
    const lost = await aRegistry({ files: new Map([[entry, '']]) })
    expect(lost).toContain('log/catalogue/0: its record is missing')
    const changed = await aRegistry({ files: new Map([[entry, canonicalJson(aStatement(0, 'Cooking'))]]) })
    expect(changed).toContain('log/catalogue/0: its record is another one')
    // The file of an entry that the auditor knows is read only if no record has its hash.
    expect(await aRegistry({ before: 1, files: new Map([[entry, '']]) })).toEqual([])
    const gone = await aRegistry({ before: 1, files: new Map([[entry, '']]), stored: [] })
    expect(gone).toEqual(['log/catalogue/0: its record is missing', 'qualifications demo-body.cookery'])
  })

  test('names an entry that is forged, one that is missing, and one that was changed', async () => {
    const forged = await aRegistry({
      logged: [aStatement(0, 'Cookery'), aStatement(1, 'Cookery')],
      stored: [aStatement(0, 'Cookery')],
    })
    expect(forged).toEqual([`${COOKERY}/1: in the log alone (log/catalogue/1)`])
    const missing = await aRegistry({ stored: [aStatement(0, 'Cookery'), aStatement(1, 'Cookery')] })
    expect(missing).toEqual([`${COOKERY}/1: in no log`])
    const changed = await aRegistry({ stored: [aStatement(0, 'Cookery', { effectiveAt: '2020-01-01T00:00:00.000Z' })] })
    expect(changed).toEqual([`${COOKERY}/0: changed (log/catalogue/0)`])
    const repeated = await aRegistry({ logged: [aStatement(0, 'Cookery'), aStatement(2, 'Cookery')] })
    expect(repeated).toEqual([`${COOKERY}: an entry is missing or repeated`])
  })

  test('names a listed qualification or a framework that is in no log', async () => {
    const bread = aStatement(0, 'Bread', { stream: 'registry/qualification:demo-body.bread' })
    const framework = aStatement(0, '', { stream: FRAMEWORK })
    const listed = [
      { id: 'demo-body.cookery', title: 'Cookery', owner },
      { id: 'demo-body.bread', title: 'Bread', owner },
    ]
    const found = await aRegistry({ stored: [aStatement(0, 'Cookery'), bread, framework], listed })
    expect(found).toEqual([
      `${bread.stream}/0: in no log`,
      `${FRAMEWORK}/0: in no log`,
      'qualifications demo-body.bread',
    ])
  })

  test('names a listed title or owner that does not follow from the statements that count', async () => {
    const one = { id: 'demo-body.cookery', title: 'Cookery', owner }
    const wrong = [
      { ...one, title: 'Cooking' },
      { ...one, owner: { id: 'x', name: 'X' } },
    ]
    for (const item of wrong) expect(await aRegistry({ listed: [item] })).toEqual(['qualifications demo-body.cookery'])
    // A statement that counts from a later day changes nothing yet.
    const logged = [aStatement(0, 'Cookery'), aStatement(1, 'Later', { effectiveAt: '2027-01-01T00:00:00.000Z' })]
    expect(await aRegistry({ logged, listed: [one] })).toEqual([])
  })

  test('names an entry whose record is no statement, and asks for no path that it names', async () => {
    for (const stream of [
      '../trust',
      'registry/qualification:../x',
      'registry/description:person:x',
      'demo-body/trust',
      7,
    ]) {
      const found = await aRegistry({
        logged: [aStatement(0, 'Cookery', { stream: stream as string })],
        stored: [],
        listed: [],
      })
      expect(found).toEqual(['log/catalogue/0: its record is no statement'])
    }
  })
})
