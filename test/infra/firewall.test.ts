import { chosenLanguage, wantedForm } from '@sijil/http/negotiate'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Route, routes } from '../../functions/routes.ts'
import { requestLimits } from '../../infra/aws/limits.ts'
import { type PathClass, pathClasses, pathClassOf, pathGroups } from '../../infra/aws/path-classes.ts'
import { theWebAcl } from './the-web-acl.ts'
import { type Asked, type Blocked, startFirewall } from './web-acl.ts'

const acl = theWebAcl()
const table: readonly Route[] = routes
/** A path with values in place of its parameters. */
const example = (path: string) =>
  path.replaceAll(/\{\w+\+\}/g, '0/x001/067.p/12').replaceAll(/\{\w+\}/g, 'some-thing_1')
const firewall = (): ReturnType<typeof startFirewall> => startFirewall(acl)
const classesOf = (path: string) =>
  [...firewall()({ path }).labels].filter((label) => label.startsWith('class:')).map((label) => label.slice(6))
const inClass = (pathClass: PathClass, readers: Route['readers']) =>
  table.find((row) => row.readers === readers && pathClassOf(row.path, table) === pathClass)

const browser = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8'
const thai = 'th-TH,th;q=0.9,en-US;q=0.8,en;q=0.7'

/** The answer to one request more than its class may send in a minute. Each earlier one is let through. */
function oneTooMany(asked: Asked, limit: number): Blocked {
  const ask = firewall()
  for (let sent = 0; sent < limit; sent++)
    if (ask(asked).blocked !== undefined) throw new Error(`${sent} were too many`)
  const { blocked } = ask(asked)
  if (blocked === undefined) throw new Error('it was let through')
  return blocked
}

describe('the classes of paths', () => {
  test.each(table)('$method $path is in exactly one class, and has its limit', ({ path }) => {
    const pathClass = pathClassOf(path, table)
    expect(classesOf(example(path))).toEqual([pathClass])
    expect(requestLimits[pathClass]).toBeGreaterThan(0)
  })

  test('only files of a year, cached answers and routes with a token of a body have a limit above that of everything else', () => {
    for (const { path, caching, scope } of table) {
      const isHigher = requestLimits[pathClassOf(path, table)] > requestLimits.fresh
      expect([path, isHigher]).toEqual([path, caching !== 'never' || scope.startsWith('credentials:')])
    }
  })

  test('a new route has a class without a change of the firewall', () => {
    const row = {
      method: 'GET',
      path: '/new/{id}',
      function: 'pages',
      scope: 'public',
      readers: 'people',
      caching: 'minute',
      summary: '',
    } as const
    const groups = pathGroups([...table, row])
    const own = groups.filter(({ expressions }) => expressions.some((one) => new RegExp(one).test('/new/1')))
    expect(own).toMatchObject([{ pathClass: 'cached', readers: 'people' }])
  })

  test('a path that would be in two groups is refused', () => {
    const row = { ...table[0], path: '/issuers/{issuer}/keys', readers: 'people' } as Route
    expect(() => pathGroups([...table, row])).toThrow('/issuers/{issuer}/keys is fresh for')
  })

  test.each([
    '/unknown',
    '/V/abc',
    '/%76/abc',
    '/issuers/',
    '/issuers/../credentials/verify',
    '/issuers/%2e%2e/credentials/verify',
    '/log/x/tile/../../../v/abc',
    '/log/x/tile/a/%2e%2e/%2e%2e/v/abc',
    '/assets/../v/abc',
    '/assets/a/b',
  ])('%s counts with everything else, so spelling a path in another way gains nothing', (path) => {
    expect(classesOf(path)).toEqual(['fresh'])
  })
})

test('a path of a class with a lower limit is in its class in every spelling', () => {
  const low = pathClasses.filter((one) => requestLimits[one] < requestLimits.fresh)
  expect(low).toEqual(['reports', 'sign-in'])
  for (const pathClass of low)
    for (const { path } of table.filter(({ path }) => pathClassOf(path, table) === pathClass)) {
      const spelled = example(path).replace(/\w/, (letter) => `%${letter.charCodeAt(0).toString(16)}`)
      expect([path, classesOf(spelled)]).toEqual([path, [pathClass]])
    }
})

describe('I52, V118: one request too many in a minute', () => {
  const cases = pathClasses.flatMap((pathClass) =>
    (['people', 'programs'] as const).flatMap((readers) => {
      const row = inClass(pathClass, readers)
      return row === undefined ? [] : [{ pathClass, readers, path: example(row.path) }]
    }),
  )

  test('there is a case for each class', () => {
    expect(new Set(cases.map(({ pathClass }) => pathClass))).toEqual(new Set(pathClasses))
  })

  describe.each(cases)('of the class $pathClass, at an address for $readers', ({ pathClass, readers, path }) => {
    const limit = requestLimits[pathClass]
    let ask: ReturnType<typeof startFirewall>
    beforeEach(() => {
      ask = firewall()
      for (let sent = 0; sent < limit; sent++) expect(ask({ path, address: '192.0.2.1' }).blocked).toBeUndefined()
    })
    const open = readers === 'people' ? 'page' : 'json'

    test('is answered in the form and the language of the reader, and every earlier one is let through', () => {
      for (const [form, accept] of [
        ['page', browser],
        ['json', 'application/json'],
        ['json', 'application/problem+json, */*;q=0.1'],
        ['json', 'Application/VC'],
        [open, '*/*'],
        [open, undefined],
      ] as const) {
        for (const [language, acceptLanguage, lang] of [
          ['en', undefined, undefined],
          ['th', thai, undefined],
          ['en', 'en-GB,en;q=0.9,th;q=0.8', undefined],
          ['th', 'my,th;q=0.5', undefined],
          ['en', thai, 'en'],
          ['th', 'en', 'th'],
          ['th', thai, 'xx'],
        ] as const) {
          const headers = { ...(accept && { accept }), ...(acceptLanguage && { 'accept-language': acceptLanguage }) }
          const { blocked } = ask({ path, address: '192.0.2.1', headers, query: lang ? { lang } : {} })
          const expected = form === 'json' ? 'TooMany-json' : `TooMany-${language}`
          expect([accept, acceptLanguage, lang, blocked?.key]).toEqual([accept, acceptLanguage, lang, expected])
          expect(blocked?.status).toBe(429)
          expect(blocked?.headers).toMatchObject({ 'retry-after': '60', 'cache-control': 'no-store' })
        }
      }
    })

    test('does not count against another address or another class', () => {
      expect(ask({ path, address: '192.0.2.1' }).blocked?.status).toBe(429)
      expect(ask({ path, address: '192.0.2.2' }).blocked).toBeUndefined()
      const other = cases.find((one) => one.pathClass !== pathClass)
      expect(ask({ path: other?.path ?? '', address: '192.0.2.1' }).blocked).toBeUndefined()
    })
  })

  test('at an unknown address is answered too, as JSON unless HTML is named', () => {
    expect(oneTooMany({ path: '/unknown' }, requestLimits.fresh).key).toBe('TooMany-json')
    expect(oneTooMany({ path: '/unknown', headers: { accept: browser } }, requestLimits.fresh).key).toBe('TooMany-en')
  })

  test('gets the language that our own answers have, for every usual Accept-Language and each word of the address', () => {
    const ask = firewall()
    const path = '/desk/sign-in'
    for (let sent = 0; sent < requestLimits['sign-in']; sent++) ask({ path })
    const usual = ['th', 'TH', 'th-TH', 'en', 'fr', '*', 'tha', 'x-th', 'zh-TH', 'eng,th', 'fr-CA,fr;q=0.9', thai]
    const mixed = [
      'en-US,en;q=0.9,th;q=0.8',
      'my-MM,my;q=0.9,th;q=0.8,en;q=0.7',
      'km,en;q=0.9,th;q=0.8',
      'en;q=0.9, th;q=0.8',
    ]
    const loose = ['th ;q=1, en;q=0.5', 'fr , th', 'th,en', 'en,th', 'th-TH-u-nu-thai,en;q=0.9', '']
    for (const acceptLanguage of [...usual, ...mixed, ...loose]) {
      for (const lang of [undefined, 'en', 'th', 'TH', 'ms', '']) {
        const headers = { accept: browser, 'accept-language': acceptLanguage }
        const { blocked } = ask({ path, headers, query: lang === undefined ? {} : { lang } })
        const expected = chosenLanguage({ lang, acceptLanguage }, ['en', 'th'])
        expect([acceptLanguage, lang, blocked?.key]).toEqual([acceptLanguage, lang, `TooMany-${expected}`])
      }
    }
  })

  test('gets the form that our own answers have, for every usual Accept', () => {
    const [person, program] = [inClass('sign-in', 'people'), inClass('officers', 'programs')]
    for (const row of [person, program]) {
      if (row === undefined) throw new Error('no such route')
      const ask = firewall()
      for (let sent = 0; sent < requestLimits.officers; sent++) ask({ path: example(row.path) })
      for (const accept of [
        browser,
        '*/*',
        'application/json',
        'application/json, text/plain, */*',
        'application/ld+json',
        'application/vc',
        'application/vc+jwt',
        'text/css,*/*;q=0.1',
        'image/avif,image/webp,*/*;q=0.8',
        'text/html',
        'application/jsonl',
      ])
        expect([row.path, accept, ask({ path: example(row.path), headers: { accept } }).blocked?.key]).toEqual([
          row.path,
          accept,
          wantedForm(accept, row.readers) === 'json' ? 'TooMany-json' : 'TooMany-en',
        ])
    }
  })
})
