import { type Route, routes } from '../../functions/routes.ts'
import { pathOf, TESDA } from '../journeys/certificate.ts'
import type { SharedRegistry } from '../support/local-registry.ts'

/** The sign-in of the desk is public as well, but nothing behind it can be read without signing in. */
const isOfDesk = ({ path }: Route) => path.startsWith('/desk')
export const readable = (routes as readonly Route[]).filter(
  (route) => route.method === 'GET' && route.scope === 'public' && !isOfDesk(route),
)

// biome-ignore format: it reads as a table
/** A value for each parameter of an address that is the same for every route. */
const named: Readonly<Record<string, string>> = {
  '{issuer}': TESDA, '{log}': 'registry', '{path+}': '0/000.p/1', '{key+}': `${TESDA}/trust/0`, '{index}': '0',
  '{centre}': 'demo-ph-centre-taguig', '{state}': 'PH', '{file}': 'none', '{list}': 'assuranceLevels',
  '{reference}': '4KX79QMB2TZ0HV8R',
}
// biome-ignore format: it reads as a table
/** An address for each route that needs a query, or a value of its own. */
const asked: Readonly<Record<string, string>> = {
  '/status-lists/{id}': `/status-lists/${TESDA}-1-revocation`,
  '/qualifications/{id}': '/qualifications/ph-masonry-nc2',
  '/qualifications/{id}/records': '/qualifications/ph-masonry-nc2/records',
  '/frameworks/{id}/records': '/frameworks/PQF/records',
  '/descriptions/{id}/records': '/descriptions/body:ph-tesda/records',
  '/log/{log}/record/{key}': '/log/catalogue/record/none',
  '/qualifications/{id}/template.csv': '/qualifications/ph-masonry-nc2/template.csv',
  '/qualifications/{id}/template.xlsx': '/qualifications/ph-masonry-nc2/template.xlsx',
  '/log/{log}/records': '/log/catalogue/records?of=frameworks',
  '/frameworks/{id}': '/frameworks/PQF',
  '/report-mistake/{kind}/{id}': '/report-mistake/frameworks/PQF',
  '/occupations/{id}': '/occupations/7112',
  '/comparisons/{id}/{version}': '/comparisons/demo-xl-lla.masonry/1',
  '/comparisons/{id}/{version}/units.csv': '/comparisons/demo-xl-lla.masonry/1/units.csv',
  '/skill-sets/{id}/{version}': '/skill-sets/none.none/1',
  '/corridors/{id}': '/corridors/corridor-1',
  '/corridors/{id}/{track}': '/corridors/corridor-1/th-kh-masonry',
  '/corridors/{id}/{track}/profile': '/corridors/corridor-1/th-kh-masonry/profile',
  '/corridors/{id}/{track}/receipts/{manifest}': `/corridors/corridor-1/th-kh-masonry/receipts/${'5'.repeat(64)}`,
  '/corridors/{id}/{track}/portfolio': '/corridors/corridor-1/th-kh-masonry/portfolio',
  '/corridors/{id}/{track}/steps.csv': '/corridors/corridor-1/th-kh-masonry/steps.csv',
  '/corridor-steps/{step}/template.csv': '/corridor-steps/7a/template.csv',
  '/units': '/units?code=CON712301',
  '/schemas/{id}': '/schemas/certificate',
  '/problems/{id}': '/problems/not-found',
  '/entities/{id}': `/entities/${TESDA}`,
  '/ecosystems/{id}': '/ecosystems/none',
  '/states/compare': '/states/compare?one=PH&other=MY',
}
/** TRQP's optional parts are not offered, and questions to the federation belong to another test. */
export const isAnswered = ({ path }: Route) =>
  // The hash is that of no record and no manifest, and the demonstration has no agreed set.
  path !== '/log/{log}/record/{key}' &&
  !path.endsWith('/receipts/{manifest}') &&
  !/^\/(?:skill-sets|lookups|entities|ecosystems|fetch|federation|assets)/.test(path)

/** An address of this route at which the demonstration has something to read. */
export const addressOf = ({ path }: Route, { demonstration }: Pick<SharedRegistry, 'demonstration'>): string =>
  path === '/v/{token}'
    ? pathOf({ link: demonstration.certificates.find(({ link }) => link)?.link ?? '' })
    : (asked[path] ?? path.replace(/\{[^}]+\}/g, (name) => named[name] ?? name))
