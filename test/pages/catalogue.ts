import { findFramework, findQualification } from '../../packages/qualifications/src/index.ts'
import {
  type AuthoritiesValues,
  authoritiesPage,
  type ChangesValues,
  changePage,
  changesPage,
  errorPage,
  frameworkPage,
  homePage,
  issuerPage,
  issuersPage,
  notFoundPage,
  problemPage,
  qualificationPage,
  referencePage,
  resultPage,
} from '../../packages/web/src/index.ts'
import {
  aCertificate,
  aContext,
  anIssuer,
  aPanel,
  aResult,
  aVerification,
  someAuthorities,
  someIssuers,
  verifications,
} from '../../packages/web/src/test-values.ts'

const burmese = 'မြတ်နိုးအောင်ကျော်စွာလင်းထက်နေမင်းသူရဇော်ဝင်းလှိုင်မြင့်မောင်မောင်သန်းထွန်း'
const thai = 'สมชายศักดิ์สิทธิ์พงศ์ประเสริฐกุลวงศ์ไพบูลย์สุวรรณภูมิธนาวัฒน์เจริญรุ่งเรืองกิจการ'
const named = (name: string, nativeName: string) =>
  aVerification({ certificate: aCertificate({ holder: { ...aCertificate().holder, name, nativeName } }) })

const qualification = findQualification('ph-masonry-nc2')
const framework = findFramework('PQF')
const unreferenced = findFramework('CQF')

/** Long names, short ones, and words that cannot be broken. */
const manyIssuers = Array.from({ length: 120 }, (_, index) => ({
  id: `body-${index}`,
  name:
    ['LSP Contoh', 'Vocational Education and Training Authority of a Province with a Long Name', 'X'.repeat(90)][
      index % 3
    ] ?? '',
  ...(index % 2 === 0 && { localName: { text: burmese, language: 'my' } }),
  state: ['ID', 'MM', 'PH', 'ASEAN'][index % 4] ?? '',
  standing: (['authorised', 'suspended', 'withdrawn', 'not-for-this', 'unknown'] as const)[index % 5] ?? 'unknown',
  standings: ['authorised', 'suspended', 'withdrawn'] as const,
  pilot: index % 3 === 0,
}))

const someChanges: ChangesValues = {
  changes: [
    { type: 'accredited', by: 'X'.repeat(90), basis: 'decision 1' } as const,
    { type: 'key-compromised', key: 'certificates-1' } as const,
    { type: 'established', basis: burmese } as const,
  ].map((happened, index) => ({
    index,
    id: `body-${index}`,
    name: ['TESDA', burmese, 'X'.repeat(90)][index] ?? '',
    recordedAt: '2026-03-02T12:00:00.000Z',
    effectiveAt: '2026-01-01T00:00:00.000Z',
    happened: [happened],
  })),
  size: 1_000,
  next: 900,
  search: {},
  kinds: ['listings', 'accreditations', 'keys'],
}

type Pages = Record<string, (origin: string) => string>

/** Every page and every state that a reader can meet, by an address of the test. */
export function everyPage(): Pages {
  const context = (baseUrl: string, language: 'en' | 'th' = 'en') => aContext({ baseUrl, language })
  const pages: Pages = {
    '/': (origin) => homePage({}, context(origin)),
    '/home-th': (origin) => homePage({}, context(origin, 'th')),
    '/home-error': (origin) => homePage({ error: 'code' }, context(origin)),
    '/shown': (origin) => resultPage(aResult({ person: 'shown' }), context(origin)),
    '/burmese': (origin) =>
      resultPage(
        aResult({
          person: 'shown',
          verification: named('MYAT NOE AUNG KYAW SWA LIN HTET NAY MIN THURA ZAW WIN HLAING MYINT', burmese),
        }),
        context(origin),
      ),
    '/thai': (origin) =>
      resultPage(
        aResult({ person: 'shown', levels: aPanel('KH'), verification: named(thai, thai) }),
        context(origin, 'th'),
      ),
    '/no-host': (origin) => resultPage(aResult({ levels: aPanel(), host: undefined, mraTitle: true }), context(origin)),
    '/sent-in': (origin) =>
      resultPage(aResult({ token: undefined, person: 'shown', fileName: 'certificate.json' }), context(origin)),
    '/changes': (origin) => changesPage(someChanges, context(origin)),
    '/changes-thai': (origin) => changesPage({ ...someChanges, search: { kind: 'keys' } }, context(origin, 'th')),
    '/changes-one': (origin) =>
      changePage(someChanges.changes[0] as (typeof someChanges.changes)[number], context(origin)),
    '/issuers': (origin) => issuersPage(someIssuers(), context(origin)),
    '/issuers-many': (origin) => issuersPage(someIssuers({ issuers: manyIssuers }), context(origin)),
    '/issuers-none': (origin) => issuersPage(someIssuers({ issuers: [] }), context(origin, 'th')),
    '/issuers-none-of-many': (origin) =>
      issuersPage(
        someIssuers({
          issuers: [],
          isPart: true,
          next: 'x'.repeat(60),
          examined: 200,
          search: { s: burmese, c: 'MM', field: '0732', occupation: '7112', level: 'AQRF.2', standing: 'pilot' },
        }),
        context(origin, 'th'),
      ),
    '/authorities': (origin) => authoritiesPage(someAuthorities(), context(origin)),
    '/authorities-thai': (origin) => authoritiesPage(someAuthorities({ next: 'x'.repeat(60) }), context(origin, 'th')),
    '/authorities-long': (origin) =>
      authoritiesPage(
        someAuthorities({
          authorities: ['X'.repeat(90), burmese, thai].map((name, index) => ({
            ...(someAuthorities().authorities[index % 2] as AuthoritiesValues['authorities'][number]),
            id: `long-${index}`,
            name,
            mandate: name,
            contact: name,
            website: `https://${'x'.repeat(60)}.example/${'y'.repeat(200)}`,
          })),
        }),
        context(origin),
      ),
    '/authorities-none': (origin) =>
      authoritiesPage(someAuthorities({ authorities: [], state: 'MM' }), context(origin, 'th')),
    '/reference': (origin) => referencePage(context(origin, 'th')),
    '/issuer': (origin) => issuerPage(anIssuer(), context(origin)),
    '/issuer-th': (origin) => issuerPage(anIssuer(), context(origin, 'th')),
    '/problem': (origin) =>
      problemPage({ code: 'not-found', title: 'No such thing', mend: 'Look elsewhere.' }, context(origin)),
    '/not-found': (origin) => notFoundPage(context(origin)),
    '/error': (origin) => errorPage(context(origin)),
  }
  if (qualification !== undefined)
    pages['/qualification'] = (origin) =>
      qualificationPage(
        { qualification, levelConfirmed: false, body: { name: 'TESDA', path: '/issuers/ph-tesda' } },
        context(origin),
      )
  if (framework !== undefined) pages['/framework'] = (origin) => frameworkPage({ framework }, context(origin))
  if (unreferenced !== undefined)
    pages['/framework-unreferenced'] = (origin) => frameworkPage({ framework: unreferenced }, context(origin))
  for (const [index, verification] of Object.values(verifications).entries())
    pages[`/state-${index}`] = (origin) => resultPage(aResult({ verification }), context(origin))
  return pages
}
