import type { Certificate } from '@sijil/credentials'
import {
  type Framework,
  findStateProfile,
  levelIn,
  levelsOf,
  listFields,
  listLevels,
  listOccupations,
  states,
} from '@sijil/qualifications'
import {
  findQualification,
  frameworkOfState,
  listQualifications,
  listStateProfiles,
} from '@sijil/qualifications/shipped-baseline'
import type { IssuerAnswer } from '@sijil/registry/trust'
import {
  type Check,
  type CheckName,
  checkNames,
  type Reason,
  type Verification,
  verdictOf,
} from '@sijil/registry/verification'
import type { AuthoritiesValues } from './authorities-page.ts'
import type { IssuerValues } from './issuer/values.ts'
import type { IssuersValues } from './issuers/values.ts'
import type { LogProofValues } from './log-proof.ts'
import type { PageContext } from './page.ts'
import type { ResultValues } from './result/values.ts'
import type { StateValues } from './state-page.ts'
import type { StatesValues } from './states-page.ts'

/** Builders for tests. They make the usual, granted case, so that a test names only what it is about. */
export const aToken = '4KX79QMB2TZ08WNRC5VHGJ1DSA'

export const aContext = (changes: Partial<PageContext> = {}): PageContext => ({
  language: 'en',
  path: '/',
  baseUrl: 'https://sijil.example',
  demonstration: true,
  ...changes,
})

export const aCertificate = (changes: Partial<Certificate> = {}): Certificate => ({
  id: 'urn:uuid:5c5d0e4e-9a58-4e0c-9d2f-0a3c31a5c111',
  issuer: {
    id: 'did:web:sijil.example:issuers:ph-tesda',
    name: 'Technical Education and Skills Development Authority (demonstration)',
    url: 'https://sijil.example/issuers/ph-tesda',
  },
  holder: {
    id: 'urn:uuid:0f2b6f8c-1d36-4f0f-8a70-7d9f3f0e2222',
    name: 'RODEL MANALO DELA CRUZ',
    birthDate: '1994-07-30',
    registerNumber: 'ULI-DEMO-99887',
  },
  certificateNumber: '25-DEMO-MAS2-004417',
  qualification: {
    id: 'https://sijil.example/qualifications/ph-masonry-nc2',
    kind: 'Certificate',
    title: 'Masonry NC II',
    language: 'en',
    localTitle: { text: 'Pagmamason NC II', language: 'fil' },
    description: 'Lays brick and block, plasters walls and fits pre-cast handrails.',
    code: 'CONMAS218',
    edition: 'Training regulations of 29 October 2018',
    field: 'Construction',
  },
  levels: [],
  occupation: { code: '7112', title: 'Bricklayers and related workers', url: 'https://example.org/isco/7112' },
  units: [
    'Prepare masonry materials',
    'Perform basic masonry works',
    'Lay brick/block for structure',
    'Plaster wall surface',
    'Install pre-cast balusters and handrail',
    'Participate in workplace communication',
    'Work in a team environment',
    'Practice career professionalism',
    'Practice occupational health and safety procedures',
    'Maintain tools and equipment',
  ].map((title, index) => ({ code: `CON7123${String(index + 1).padStart(2, '0')}`, title })),
  assessedOn: '2025-03-10',
  awardedOn: '2025-03-14',
  route: 'prior experience',
  method: 'practical demonstration and oral questioning',
  assessor: 'ASR-DEMO-0042',
  centre: { id: 'https://sijil.example/centres/1', name: 'Example Assessment Center, Taguig' },
  signatory: { name: 'MARIA SANTOS EXAMPLE', position: 'Director' },
  validFrom: '2025-03-14T00:00:00Z',
  validUntil: '2030-03-13T23:59:59Z',
  status: [{ purpose: 'revocation', list: 'https://sijil.example/status-lists/1', index: 90417 }],
  schema: 'https://sijil.example/schemas/certificate',
  ...changes,
})

export const anAnswer = (changes: Partial<IssuerAnswer> = {}): IssuerAnswer => ({
  standing: 'authorised',
  sentence: 'It is authorised for this.',
  effective: '2025-03-14T00:00:00.000Z',
  recorded: '2026-11-24T06:30:00.000Z',
  chain: [
    {
      id: 'ph-pqf-ncc',
      role: 'authority',
      name: 'PQF National Coordinating Council',
      state: 'PH',
      standing: 'authorised',
      basis: 'Republic Act 10968',
      from: '2018-01-16',
      root: true,
      decisions: [{ entry: 'ph-pqf-ncc/trust/0', by: [], recordedAt: '2024-01-02T00:00:00.000Z' }],
    },
    {
      id: 'ph-tesda',
      role: 'body',
      name: 'Technical Education and Skills Development Authority (demonstration)',
      state: 'PH',
      localName: { text: 'Pangasiwaan sa Edukasyong Teknikal at Pagpapaunlad ng Kasanayan', language: 'fil' },
      standing: changes.standing ?? 'authorised',
      basis: 'National Certificates, PQF levels 1 to 4',
      from: '2025-01-01',
      until: '2027-12-31',
      decisions: [{ entry: 'ph-tesda/trust/3', by: ['ph-pqf-ncc'], recordedAt: '2025-01-02T00:00:00.000Z' }],
      review: 'none',
    },
  ],
  ...changes,
})

/** Every check passed, except the named ones. */
export const someChecks = (changes: Partial<Record<CheckName, ['failed' | 'not_performed', Reason]>> = {}): Check[] =>
  checkNames.map((name): Check => {
    const change = changes[name]
    const evidence = { method: 'eddsa-rdfc-2022', at: '2025-03-14T02:41:00Z' }
    return change === undefined
      ? { name, outcome: 'passed', evidence }
      : { name, outcome: change[0], reason: change[1], evidence }
  })

export const aVerification = ({
  because = {},
  ...changes
}: Partial<Verification> & { because?: Parameters<typeof someChecks>[0] } = {}): Verification => {
  const checks = someChecks(because)
  return {
    verdict: verdictOf(checks),
    checks,
    issuer: { onIssueDate: anAnswer(), today: anAnswer({ effective: '2026-11-24T06:30:00.000Z' }) },
    levels: [],
    certificate: aCertificate(),
    history: [{ state: 'in-force', at: '2025-03-14T02:41:00Z' }],
    problemDetails: [],
    evaluatedAt: '2026-11-24T06:30:00.000Z',
    ...changes,
  }
}

export const aPanel = (host?: string): NonNullable<ResultValues['levels']> => {
  const qualification = findQualification('ph-masonry-nc2')
  if (qualification === undefined) throw new Error('the record that the builders rest on is gone')
  const panel = levelsOf(qualification, { on: '2025-03-14' })
  return host === undefined ? panel : { ...panel, host: levelIn(panel, frameworkOfState(host) as Framework) }
}

export const aResult = (changes: Partial<ResultValues> = {}): ResultValues => ({
  verification: aVerification(),
  token: aToken,
  person: 'hidden',
  levels: aPanel('MY'),
  host: 'MY',
  hosts: states,
  issuerPage: '/issuers/ph-tesda',
  qualificationPage: '/qualifications/ph-masonry-nc2',
  passportName: 'DELA CRUZ, RODEL MANALO',
  ...changes,
})

const later = '2026-06-03T01:12:00Z'
const record = (
  state: 'suspended' | 'revoked' | 'superseded' | 'burned',
  more: { reason?: string; successor?: string } = {},
) => [{ state: 'in-force', at: '2025-03-14T02:41:00Z' } as const, { state, at: later, ...more }]
const nothingKnown = anAnswer({ standing: 'unknown', chain: [] })
const withoutCertificate = { certificate: undefined, history: undefined }

/** One verification for each state of a page, by its heading. A note in brackets tells equal headings apart. */
export const verifications = {
  Valid: aVerification(),
  'Valid, with a notice': aVerification({
    issuer: { onIssueDate: anAnswer(), today: anAnswer({ standing: 'suspended', since: '2026-10-05T00:00:00Z' }) },
  }),
  'Not valid: revoked': aVerification({
    because: { status: ['failed', 'revoked'] },
    history: record('revoked', { reason: 'issued-in-error' }),
  }),
  'Not valid: replaced by a newer one': aVerification({
    because: { status: ['failed', 'superseded'] },
    history: record('superseded', { reason: 'superseded', successor: 'urn:uuid:9' }),
  }),
  'Not valid today: suspended': aVerification({
    because: { status: ['failed', 'suspended'] },
    history: record('suspended', { reason: 'under-investigation' }),
  }),
  'Not valid: expired': aVerification({ because: { period: ['failed', 'expired'] } }),
  'Not valid: not yet in force': aVerification({ because: { period: ['failed', 'not-yet-valid'] } }),
  'Not valid: not in force, and issuer not confirmed': aVerification({
    because: {
      period: ['failed', 'expired'],
      'issuer-key': ['not_performed', 'key-not-at-hand'],
      proof: ['not_performed', 'key-not-at-hand'],
      'issuer-trust': ['not_performed', 'issuer-unknown'],
      recorded: ['not_performed', 'issuer-unknown'],
    },
    issuer: { onIssueDate: nothingKnown, today: nothingKnown },
    ...withoutCertificate,
  }),
  'Not valid: changed after signing': aVerification({
    because: { proof: ['failed', 'signature-mismatch'] },
    ...withoutCertificate,
  }),
  'Not valid: not signed by the issuer': aVerification({
    because: { 'issuer-key': ['failed', 'issuer-mismatch'] },
    ...withoutCertificate,
  }),
  'Not valid: the issuer’s key is no longer trusted': aVerification({
    because: { 'issuer-key': ['failed', 'key-compromised'] },
  }),
  'Not valid: name of the issuer differs from the record': aVerification({
    because: { format: ['failed', 'issuer-name-differs'] },
  }),
  'Not valid: not recorded by the issuer': aVerification({
    because: { recorded: ['failed', 'not-recorded'] },
    history: [],
  }),
  'Not valid: never completed': aVerification({
    because: { status: ['failed', 'burned'] },
    history: [{ state: 'burned', at: later }],
  }),
  'Not valid: issuer not authorised': aVerification({
    because: { 'issuer-trust': ['failed', 'issuer-not-accredited'] },
    issuer: { onIssueDate: anAnswer({ standing: 'not-for-this' }), today: anAnswer({ standing: 'not-for-this' }) },
  }),
  'Not valid: assessment centre not authorised': aVerification({
    because: { centre: ['failed', 'centre-not-in-scope'] },
  }),
  'Not valid: qualification or level not supported': aVerification({
    because: { qualification: ['failed', 'level-not-supported'] },
  }),
  'Not valid: not a certificate of this kind': aVerification({
    because: { format: ['failed', 'not-a-certificate'] },
    ...withoutCertificate,
  }),
  'Not valid: status record does not match': aVerification({ because: { status: ['failed', 'status-mismatch'] } }),
  'Cannot say (unknown issuer)': aVerification({
    because: {
      'issuer-trust': ['not_performed', 'issuer-unknown'],
      recorded: ['not_performed', 'depends-on-another-check'],
    },
    issuer: { onIssueDate: nothingKnown, today: nothingKnown },
  }),
  'Cannot say (refused here)': aVerification({
    because: { 'issuer-trust': ['not_performed', 'issuer-refused'] },
    issuer: { onIssueDate: nothingKnown, today: nothingKnown },
  }),
  'Cannot say (record not readable)': aVerification({
    because: { status: ['not_performed', 'status-not-retrievable'] },
  }),
  'Cannot say (not finished)': aVerification({ because: { recorded: ['not_performed', 'not-finished'] } }),
  'Cannot say (kept elsewhere)': {
    ...aVerification({
      because: { status: ['not_performed', 'kept-elsewhere'], recorded: ['not_performed', 'kept-elsewhere'] },
    }),
    list: {
      registry: 'https://registry.example',
      size: 420,
      madeAt: '2026-11-24T03:00:00.000Z',
      validUntil: '2026-11-25T03:00:00.000Z',
    },
  },
  'Cannot say (key in doubt)': aVerification({ because: { 'issuer-key': ['not_performed', 'key-suspended'] } }),
  'Cannot say (another question)': aVerification({
    because: { qualification: ['not_performed', 'depends-on-another-check'] },
  }),
} satisfies Record<string, Verification>

export const someIssuers = (changes: Partial<IssuersValues> = {}): IssuersValues => ({
  issuers: [
    {
      id: 'ph-tesda',
      name: 'Technical Education and Skills Development Authority',
      acronym: 'TESDA',
      state: 'PH',
      remark: 'National Certificates I to IV',
      standing: 'authorised',
      statuses: ['authorised', 'suspended'],
      pilot: true,
      atSites: true,
    },
    {
      id: 'id-lsp-contoh',
      name: 'LSP Contoh Bangunan (fictional)',
      state: 'ID',
      remark: 'Construction trades',
      standing: 'suspended',
      statuses: ['suspended'],
      pilot: false,
      atSites: false,
    },
    {
      id: 'kh-mlvt',
      name: 'Ministry of Labour and Vocational Training',
      state: 'KH',
      standing: 'withdrawn',
      statuses: ['withdrawn'],
      pilot: false,
      atSites: false,
    },
  ],
  states: states.map(({ iso2: state }) => ({
    state,
    framework: { name: 'A framework', isReferenced: state === 'PH' },
  })),
  fields: listFields(listQualifications()),
  occupations: listOccupations(listQualifications()),
  levels: listLevels(listQualifications(), { on: '2026-11-24' }),
  search: {},
  examined: 3,
  asOf: '2026-11-24',
  ...changes,
})

export const someAuthorities = (changes: Partial<AuthoritiesValues> = {}): AuthoritiesValues => ({
  authorities: [
    {
      id: 'ph-pqfncc',
      name: 'PQF National Coordinating Council',
      acronym: 'PQF NCC',
      state: 'PH',
      mandate: 'Philippine Qualifications Framework',
      legalReference: 'Republic Act 10968',
      contact: { text: 'office@pqf.example', link: 'mailto:office@pqf.example' },
      website: 'https://pqf.example',
      accepted: true,
    },
    {
      id: 'ph-board',
      name: 'Trades Board',
      state: 'PH',
      mandate: 'not stated',
      website: 'https://board.example',
      accepted: false,
      under: { id: 'ph-pqfncc', name: 'PQF National Coordinating Council' },
      successor: { id: 'ph-board-2', name: 'Crafts Board' },
    },
  ],
  states: states.map(({ iso2 }) => ({ state: iso2 })),
  isPart: false,
  asOf: '2026-11-24',
  ...changes,
})

export const aLog = (changes: Partial<LogProofValues> = {}): LogProofValues => ({
  origin: 'sijil.example/log/registry',
  witnesses: [],
  entries: [
    { recordedAt: '2026-07-01T09:00:00.000Z', entry: '{"number":1,"stream":"ph-tesda/trust"}' },
    { index: 12, recordedAt: '2025-01-01T09:00:00.000Z', entry: '{"number":0,"stream":"ph-tesda/trust"}' },
  ],
  ...changes,
})

export const someStates = (changes: Partial<StatesValues> = {}): StatesValues => ({
  states: listStateProfiles().map(({ state: iso2, framework, bodies }) => ({ iso2, framework, bodies: bodies.length })),
  ...changes,
})

export function aState(iso2: string, changes: Partial<StateValues> = {}): StateValues {
  const profile = findStateProfile(iso2, listStateProfiles())
  if (profile === undefined) throw new Error(`no record of ${iso2}`)
  return {
    profile,
    registry: { authorities: 'yes', bodies: 'no', asOf: '2026-11-24T12:00:00.000Z' },
    states: states.map((state) => state.iso2),
    ...changes,
  }
}

export const anIssuer = (changes: Partial<IssuerValues> = {}): IssuerValues => ({
  issuer: {
    id: 'ph-tesda',
    kind: 'body',
    did: 'did:web:sijil.example:issuers:ph-tesda',
    name: 'Technical Education and Skills Development Authority',
    acronym: 'TESDA',
    state: 'PH',
    domain: 'tesda.gov.ph',
    contact: { text: 'records@tesda.example', link: 'mailto:records@tesda.example' },
    successor: { id: 'ph-tesda-2', name: 'Skills Authority (successor)' },
    furtherNames: [{ text: 'Pangasiwaan sa Teknikal nga Edukasyon', language: 'ceb' }],
    localName: { text: 'Pangasiwaan sa Edukasyong Teknikal at Pagpapaunlad ng Kasanayan', language: 'fil' },
  },
  answers: {
    real: 'yes',
    may: 'no',
    scope: 'in-part',
    standing: 'not-known',
  },
  standing: 'not-for-this',
  basis: 'Republic Act 7796 (1994)',
  isRoot: false,
  explained: {
    qualification: { id: 'ph-masonry-nc2', title: 'Masonry NC II' },
    right: 'issue',
    answer: anAnswer(),
  },
  choices: [
    { id: 'ph-masonry-nc1', title: 'Masonry NC I' },
    { id: 'ph-masonry-nc2', title: 'Masonry NC II' },
  ],
  chain: anAnswer().chain,
  places: { 'ph-tesda/trust/3': 41 },
  scope: [
    {
      fields: ['0732'],
      right: 'issue',
      basis: 'decision 1',
      by: ['PQF NCC'],
      onBehalfOf: 'Skills Authority',
      sites: ['Assessment Center, Taguig', 'Assessment Center, Cebu'],
      state: 'suspension',
      mayChangeStatus: true,
      qualifications: ['Masonry NC I', 'Masonry NC II'],
      levels: { from: 1, to: 4 },
      from: '2025-01-01',
      until: '2027-12-31',
      pilot: true,
      assurance: {
        reviewer: 'PQF NCC',
        reviewedOn: '2025-02-01',
        findings: 'Eleven of twelve indicators met.',
        gaps: ['No appeal procedure in writing'],
        checklist: [
          { theme: 'assessors', principle: 'Assessors are trained', met: 'yes' },
          { theme: 'certification', principle: 'Appeals are heard', met: 'partly', note: 'by word of mouth' },
          { theme: 'review', principle: 'Results are published', met: 'no' },
        ],
        nextReviewOn: '2027-02-01',
      },
    },
    {
      occupations: ['2320', '99'],
      right: 'issue',
      basis: 'Act 2',
      by: [],
      state: 'force',
      qualifications: { framework: 'Philippine Qualifications Framework' },
      from: '2025-07-01',
    },
  ],
  timeline: [
    {
      at: '2026-07-01',
      event: 'suspended',
      right: 'issue',
      basis: 'records under review',
      by: ['PQF NCC'],
      recordedOn: '2026-07-03',
    },
    { at: '2026-01-01', event: 'amended', right: 'issue', basis: 'decision 12', by: [] },
    { at: '2025-01-01', event: 'listed' },
  ],
  keys: [
    {
      kid: 'certificates-2',
      purpose: 'certificates',
      state: 'in-use',
      from: '2026-07-01',
      publicKeyMultibase: 'z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    },
    {
      kid: 'certificates-1',
      purpose: 'certificates',
      state: 'retired',
      from: '2024-07-01',
      until: '2026-07-01',
      publicKeyMultibase: 'z6MkfriqHBdPD7cWBGTgA3YfHPF9cVb3tA8BsXvRtaHwPiGB',
    },
  ],
  log: aLog(),
  asOf: '2026-11-24',
  ...changes,
})
