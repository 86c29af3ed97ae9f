import { aBricklayer, DSD, TESDA } from './certificate.ts'

const decision = { basis: 'none', effectiveFrom: '2025-01-01' }
const newcomer = {
  name: 'A new body (demonstration)',
  state: 'TH',
  website: 'https://new.example',
  mandate: 'B.E. 2569',
  demonstration: true,
}

const source = 'https://new.example/standards'
const stated = { title: 'Cookery', description: 'Found able to cook.', field: 'Food', source }
const edition = { id: '2026', from: '2026-01-01', units: [], validity: 'none', source }
const placement = { qualification: `${DSD}.cookery-2`, edition: '2026', framework: `${DSD}.sqf` }

/** For each route a request that is correct except for its caller. */
export const rightBodies: Readonly<Record<string, object>> = {
  '/issuers/{issuer}/credentials': aBricklayer('ACCESS-2'),
  '/issuers/{issuer}/credentials/issue': { credential: {} },
  '/issuers/{issuer}/batches': {},
  '/issuers/{issuer}/batches/{id}/answers': { order: 'day-month' },
  '/issuers/{issuer}/batches/{id}/close': {},
  '/issuers/{issuer}/batches/{id}/reopen': {},
  '/issuers/{issuer}/batches/{id}/start': { hash: 'x'.repeat(43) },
  '/issuers/{issuer}/batches/{id}/approve': { hash: 'x'.repeat(43) },
  '/issuers/{issuer}/batches/{id}/pause': {},
  '/issuers/{issuer}/batches/{id}/resume': {},
  '/issuers/{issuer}/batches/{id}/cancel': {},
  '/issuers/{issuer}/credentials/{id}/revoke': { reason: 'misconduct' },
  '/issuers/{issuer}/credentials/{id}/correct': {},
  '/issuers/{issuer}/credentials/{id}/renew': { certificateNumber: 'ACCESS-3' },
  '/issuers/{issuer}/credentials/{id}/new-link': { number: 1 },
  '/issuers/{issuer}/credentials/{id}/erase': { reason: 'holder-request' },
  '/issuers/{issuer}/credentials/{id}/hold': { reason: 'investigation' },
  '/issuers/{issuer}/credentials/{id}/lift-hold': {},
  '/issuers/{issuer}/credentials/{id}/paper': {},
  '/authorities/{authority}/credentials/{issuer}/{id}/hold': { reason: 'investigation' },
  '/authorities/{authority}/credentials/{issuer}/{id}/lift-hold': {},
  '/issuers/{issuer}/credentials/{id}/suspend': { reason: 'holder-request' },
  '/issuers/{issuer}/credentials/{id}/reinstate': {},
  '/issuers/{issuer}/credentials/status': {
    credentialId: '5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11',
    credentialStatus: { statusPurpose: 'revocation' },
    status: true,
  },
  '/issuers/{issuer}/qualifications': { id: 'cookery-2', ...stated, edition },
  '/issuers/{issuer}/qualifications/{id}/editions': { edition },
  '/issuers/{issuer}/qualifications/{id}/retire': decision,
  '/issuers/{issuer}/qualifications/proposals/{id}/approve': { hash: 'x'.repeat(43) },
  '/issuers/{issuer}/qualifications/proposals/{id}/reject': {},
  '/authorities/{authority}/frameworks': {
    ...{ id: 'sqf', name: 'A framework', acronym: 'SQF', levels: 4, source, effectiveFrom: '2025-01-01' },
  },
  '/authorities/{authority}/frameworks/{id}/referencings': { status: 'proposed', report: 'A report', source },
  '/authorities/{authority}/frameworks/{id}/levels/confirm': { version: '1', rows: [{ national: 1, aqrf: 1 }], source },
  '/authorities/{authority}/assignments': { kind: 'framework', record: 'NQF-TH', owner: DSD, ...decision },
  '/authorities/{authority}/placements': { ...placement, level: 1, source },
  '/authorities/{authority}/placements/end': { ...placement, ...decision },
  '/authorities/{authority}/state-descriptions': {
    ...{ state: 'TH', certificateLanguages: { codes: ['th'], source } },
  },
  '/issuers/{issuer}/descriptions': { source },
  '/issuers/{issuer}/proposals/approve': { ids: ['none'] },
  '/issuers/{issuer}/proposals/{id}/approve': {},
  '/issuers/{issuer}/proposals/{id}/reject': {},
  '/issuers/{issuer}/brake': { limit: 30, basis: 'none' },
  '/issuers/{issuer}/policy': { secondPerson: ['revoke'], batchFrom: 20 },
  '/issuers/{issuer}/signatory': { signatory: { name: 'An Officer', title: 'Director' } },
  '/issuers/{issuer}/logo': { png: null },
  '/authorities/{authority}/accreditations': { grantee: TESDA, scope: {}, ...decision },
  '/authorities/{authority}/accreditations/{id}/amend': { scope: {}, ...decision },
  '/authorities/{authority}/accreditations/{id}/confirm': decision,
  '/authorities/{authority}/accreditations/{id}/suspend': { basis: 'none' },
  '/authorities/{authority}/accreditations/{id}/join': decision,
  '/authorities/{authority}/accreditations/{id}/lift': decision,
  '/authorities/{authority}/accreditations/{id}/withdraw': decision,
  '/authorities/{authority}/proposals/{id}/approve': { hash: 'x'.repeat(43) },
  '/authorities/{authority}/proposals/{id}/reject': {},
  '/authorities/{authority}/proposals/{id}/carry-out': {},
  '/authorities/{authority}/credentials/{issuer}/{id}/suspend': { reason: 'under-investigation' },
  '/authorities/{authority}/credentials/{issuer}/{id}/revoke': { reason: 'misconduct' },
  '/authorities/{authority}/credentials/{issuer}/{id}/reinstate': {},
  '/authorities/{authority}/authorities': { id: 'demo-th-board', identity: newcomer },
  '/authorities/{authority}/bodies': { id: 'demo-th-new', identity: newcomer },
  '/authorities/{authority}/centres': { id: 'demo-th-hall', identity: newcomer },
  '/authorities/{authority}/successions': { id: DSD, successor: TESDA, ...decision },
  '/authorities/{authority}/contacts': { id: DSD, contact: 'desk@new.example' },
  '/issuers/{issuer}/keys/{id}/certify': { x5c: ['AAAA'] },
  '/authorities/{authority}/lists': {
    registry: 'https://other.example',
    keys: ['other.example/log/registry+00000000+AAAA'],
    states: ['SG'],
    basis: 'decision',
  },
  '/authorities/{authority}/lists/suspend': { registry: 'https://other.example', basis: 'decision' },
  '/authorities/{authority}/lists/bundles': { bundle: { registry: 'https://other.example' }, note: '' },
  '/authorities/{authority}/members': { owner: DSD, subject: 'somebody', roles: ['read'] },
  '/authorities/{authority}/members/remove': { owner: DSD, subject: DSD },
  '/issuers/{issuer}/keys': { purpose: 'certificates' },
  '/issuers/{issuer}/keys/{id}/suspend': {},
  '/issuers/{issuer}/keys/{id}/resume': {},
  '/issuers/{issuer}/keys/{id}/retire': {},
  '/issuers/{issuer}/keys/{id}/compromise': { compromisedFrom: '2026-01-01T00:00:00Z' },
}
/** The id that stands for `{id}` in a path. */
export const idIn = (path: string, certificate: string) =>
  path.includes('/accreditations/') ? `${TESDA}.main` : path.includes('/keys/') ? 'certificates-1' : certificate
