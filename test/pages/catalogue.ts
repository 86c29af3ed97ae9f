import { findFramework, findQualification, shippedBaseline } from '@sijil/qualifications/shipped-baseline'
import {
  complianceDegrees,
  type Evidence,
  type PublicEvidence,
  type StateProfile,
  stepIds,
} from '../../packages/qualifications/src/index.ts'
import {
  type AgreedLevel,
  type AuthoritiesValues,
  aboutPage,
  accessibilityPage,
  authoritiesPage,
  type CatalogueValues,
  type CentresValues,
  type ChangesValues,
  type ComparableTitle,
  type ComparedUnitValues,
  type ComparisonValues,
  type ComplianceValues,
  cataloguePage,
  centresPage,
  changePage,
  changesPage,
  comparabilityPage,
  comparedUnitPage,
  compareStatesPage,
  comparisonPage,
  compliancePage,
  corridorStepsPage,
  corridorsPage,
  type DecisionsValues,
  type DeclaredTrackValues,
  decisionsPage,
  declaredCorridorPage,
  declaredTrackPage,
  deskProblemPage,
  errorPage,
  frameworkPage,
  futurePage,
  type HeldValues,
  heldPage,
  homePage,
  type IssuerValues,
  issuerPage,
  issuersPage,
  mistakeSentPage,
  notFoundPage,
  type OccupationValues,
  type Operator,
  occupationPage,
  type PortfolioValues,
  portfolioPage,
  privacyPage,
  problemPage,
  type QualificationValues,
  qualificationPage,
  referencePage,
  refusedPage,
  reportedCorridorPage,
  reportedTrackPage,
  reportFakePage,
  reportMistakePage,
  reportProblemPage,
  reportSentPage,
  resultPage,
  type SkillSetValues,
  setHeldPage,
  skillSetPage,
  statePage,
  statesPage,
  tooManyPage,
  type UnitValues,
  unitPage,
  type WorkerProfileValues,
  workerProfilePage,
} from '../../packages/web/src/index.ts'
import {
  aCertificate,
  aContext,
  aLog,
  anIssuer,
  aPanel,
  aResult,
  aState,
  aVerification,
  someAuthorities,
  someIssuers,
  someStates,
  verifications,
} from '../../packages/web/src/test-values.ts'

const burmese = 'မြတ်နိုးအောင်ကျော်စွာလင်းထက်နေမင်းသူရဇော်ဝင်းလှိုင်မြင့်မောင်မောင်သန်းထွန်း'
const thai = 'สมชายศักดิ์สิทธิ์พงศ์ประเสริฐกุลวงศ์ไพบูลย์สุวรรณภูมิธนาวัฒน์เจริญรุ่งเรืองกิจการ'
const named = (name: string, nativeName: string) =>
  aVerification({ certificate: aCertificate({ holder: { ...aCertificate().holder, name, nativeName } }) })

/** Checked on the day of issue, so that both answers show their time as well as their day. */
const onItsDay = aVerification({ history: [{ state: 'in-force', at: '2026-11-24T02:41:00Z' }] })

const qualification = findQualification('ph-masonry-nc2')
const framework = findFramework('PQF')
const unreferenced = findFramework('CQF')

/** Long names, short names, and words without a place to break. */
const manyIssuers = Array.from({ length: 120 }, (_, index) => ({
  id: `body-${index}`,
  name:
    ['LSP Contoh', 'Vocational Education and Training Authority of a Province with a Long Name', 'X'.repeat(90)][
      index % 3
    ] ?? '',
  ...(index % 2 === 0 && { localName: { text: burmese, language: 'my' } }),
  state: ['ID', 'MM', 'PH', 'ASEAN'][index % 4] ?? '',
  standing: (['authorised', 'suspended', 'withdrawn', 'not-for-this', 'unknown'] as const)[index % 5] ?? 'unknown',
  statuses: ['authorised', 'suspended', 'withdrawn'] as const,
  pilot: index % 3 === 0,
  atSites: index % 4 === 0,
}))

const khmer = 'ក្រសួងការងារនិងបណ្តុះបណ្តាលវិជ្ជាជីវៈនៃព្រះរាជាណាចក្រកម្ពុជាអគ្គនាយកដ្ឋានអប់រំបណ្តុះបណ្តាល'

/** A state whose texts are all longer than real ones, in scripts without spaces to break at. */
function aLongState(): StateProfile {
  const { profile } = aState('MM')
  const texts = [burmese, khmer, thai, 'X'.repeat(90)]
  const sources = Array.from({ length: 25 }, (_, index) => `https://sources.example/${'x'.repeat(70)}/${index}`)
  const text = (index: number) => texts[index % texts.length] ?? ''
  const fact = (index: number) => ({ text: text(index), sources, confidence: 'low' }) as const
  return {
    ...profile,
    framework: { ...profile.framework, name: text(0), law: text(3), note: text(1), authority: text(2) },
    bodies: profile.bodies.map((body, index) => ({
      ...body,
      name: text(index),
      domain: `${'x'.repeat(60)}.example`,
      mandate: { ...fact(index + 1), law: text(index + 2), dated: '2018' },
      contact: { office: text(index + 3), sources },
      register: text(index),
      awards: texts.map((title) => ({ title, levels: [1, 2, 3, 5], years: 5 })),
      sources,
    })),
    standards: texts.map((_, index) => ({ ...fact(index), place: `${'y'.repeat(80)}.example` })),
    assurance: texts.map((_, index) => fact(index)),
    professions: profile.professions.map(({ arrangement }, index) => ({
      arrangement: { ...arrangement, name: text(index), title: text(index + 1), register: text(index + 2) },
      regulators: texts.map((name) => ({ ...fact(index), name })),
    })),
  }
}
const stateCodes = someStates().states.map(({ iso2 }) => iso2)

/** What a body says about itself, with words that have no place to break. */
const described: NonNullable<IssuerValues['described']> = [
  {
    id: 'ph-tesda',
    read: burmese,
    statement: {
      awards: [{ title: thai, levels: [1, 2, 3, 4], years: 5 }, { title: 'X'.repeat(90) }],
      mandate: { text: khmer, law: burmese, dated: '1994-08', source: `https://sources.example/${'x'.repeat(90)}` },
      register: `https://register.example/${'y'.repeat(90)}`,
      note: 'Z'.repeat(120),
      source: 'https://sources.example',
    },
    describedBy: {
      statedBy: { id: 'ph-tesda', name: 'Technical Education and Skills Development Authority' },
      recordedOn: '2026-12-01',
      effectiveOn: '2026-11-30',
    },
  },
]

const someChanges: ChangesValues = {
  changes: [
    {
      type: 'accredited',
      by: 'X'.repeat(90),
      basis: 'decision 1',
      terms: {
        right: 'issue',
        qualifications: Array.from({ length: 9 }, (_, n) => ({ id: `q-${n}`, title: 'Y'.repeat(60) })),
      },
    } as const,
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
  statements: [
    {
      record: { kind: 'qualification', id: 'demo-body.cookery', title: burmese },
      type: 'edition-placed',
      statedBy: { id: 'demo-body', name: 'X'.repeat(90) },
      edition: 'E'.repeat(40),
      level: 'SQF 3',
      recordedAt: '2026-03-01T12:00:00.000Z',
      effectiveAt: '2026-01-01T00:00:00.000Z',
      entry: 'A'.repeat(43),
    },
  ],
  size: 1_000,
  statementsSize: 9,
  next: 900,
  search: {},
  kinds: ['listings', 'accreditations', 'keys'],
  states: [{ state: 'MM' }, { state: 'PH' }],
  isOlder: true,
}

const anOperator: Operator = {
  name: thai,
  address: 'X'.repeat(90),
  contact: `${'x'.repeat(60)}@operator.example`,
  pages: {
    about: { en: `We run this for the ministry.\n\n- ${'Y'.repeat(90)}\n- ${burmese}`, th: thai },
    privacy: { en: 'Our officer for the protection of people is the head of the office.' },
  },
}

const aReport = {
  bodies: [
    { id: 'a', name: 'LSP Contoh', state: 'ID' },
    { id: 'b', name: burmese, state: 'MM' },
    { id: 'c', name: 'X'.repeat(90), state: 'PH' },
  ],
  reasons: ['altered', 'not-the-person', 'no-assessment', 'sold', 'false-site', 'other'] as const,
  typed: {},
  mistakes: [],
}

const aMistake = {
  record: { of: 'qualification', id: 'demo-ph-tesda.cookery' },
  title: burmese,
  editions: ['2026', 'X'.repeat(60)],
  owner: { id: 'demo-ph-tesda', name: burmese },
  reasons: ['title', 'level', 'units', 'dates', 'codes', 'other'],
  typed: {},
  faults: [],
} as const

/** Long names in scripts without spaces to break at, and each state of an accreditation. */
const someCentres: CentresValues = {
  centres: ['X'.repeat(90), burmese, khmer, thai].map((name, index) => ({
    id: `${'centre-'.repeat(8)}${index}`,
    name,
    ...(index % 2 === 0 && { acronym: 'Y'.repeat(40) }),
    ...(index % 2 === 1 && { localName: { text: burmese, language: 'my' } }),
    state: ['ID', 'MM', 'PH', 'TH'][index] ?? '',
    accreditations:
      [['force', 'suspension', 'future'] as const, ['withdrawal'] as const, [], ['past', 'force'] as const][index] ??
      [],
  })),
  count: 4_000,
  states: [{ state: 'ID' }, { state: 'MM' }, { state: 'PH' }, { state: 'TH' }],
  state: 'MM',
  next: 'x'.repeat(60),
  asOf: '2026-12-01T00:00:00Z',
}
const noCentres: CentresValues = { centres: [], count: 0, states: [], asOf: '2026-12-01T00:00:00Z' }

const titles = [thai, burmese, khmer, 'Y'.repeat(90), 'Bricklaying and Plastering, Level 2']
/** Long titles in scripts without spaces, one of ten thousand results, and each mark of a row. */
const someQualifications: CatalogueValues = {
  qualifications: titles.map((title, index) => ({
    id: `demo-body.long-${index}`,
    title: index === 4 ? title : 'X'.repeat(90),
    localTitles: index === 4 ? [] : [{ text: title, language: ['th', 'my', 'km', 'en'][index] ?? 'en' }],
    state: ['TH', 'MM', 'KH', null, 'PH'][index] ?? null,
    ...(index < 3 && { owner: { id: 'demo-body', name: titles[(index + 1) % 3] ?? '' } }),
    ...(index % 2 === 0 && { framework: 'PQF', level: 2 }),
    levelConfirmed: index === 0,
    ...(index > 2 && { occupation: { code: '7112', title: 'Bricklayers and related workers' } }),
    edition: '2026',
    units: 76,
    ...(index === 1 && { retiredOn: '2025-06-30' }),
    ...(index < 2 && { nextEditionOn: '2027-01-01' }),
    recordedOn: '2026-01-02',
  })),
  count: 10_000,
  first: 51,
  search: { q: thai, state: 'MM', level: 'PQF.2', field: '0732', occupation: '7112', body: 'demo-body' },
  states: ['MM', 'PH', 'TH'].map((state) => ({ state })),
  levels: [{ framework: 'PQF', name: 'Philippine Qualifications Framework', levels: [1, 2] }],
  fields: [{ code: '07', title: 'Engineering', members: [{ code: '0799', title: 'A field without a translation' }] }],
  occupations: [],
  bodies: [{ id: 'demo-body', name: burmese, state: 'MM' }],
  next: 'x'.repeat(60),
  asOf: '2026-12-01',
}
const noQualifications = { ...someQualifications, qualifications: [], count: 0, first: 1 }

const aUnit: UnitValues = {
  code: 'U'.repeat(64),
  count: 10_000,
  qualifications: someQualifications.qualifications.map((each, index) => ({
    ...each,
    editions: titles.slice(0, index + 1).map((title, at) => ({
      id: '2'.repeat(20),
      ...(at > 0 && { from: '2026-01-01' }),
      ...(at > 1 && { until: '2026-12-31' }),
      code: 'U'.repeat(64),
      title,
    })),
  })),
  next: 'x'.repeat(60),
}
const bothUnits = Array.from({ length: 8 }, (_, place) => ({
  code: `PB-0${place + 1}`,
  title: place === 2 ? `${'Lay bricks in straight and curved courses, '.repeat(4)}by hand` : 'Prepare mortar',
}))
const someDays = { effectiveAt: '2026-10-02T08:00:00.000Z', recordedAt: '2026-10-02T08:00:00.000Z' }
const [samudra, lautan] = [
  {
    registry: 'sijil.example',
    id: 'demo-xs-sqc',
    name: 'Samudra Qualifications Council',
    state: 'XS',
    stateName: 'Fictional Samudra',
  },
  {
    registry: 'sijil.example',
    id: 'demo-xl-lla',
    name: 'Lautan Labour Authority',
    state: 'XL',
    stateName: 'Fictional Lautan',
  },
]
const unitFaults = (['by', 'note'] as const).map((name) => ({
  pointer: `/rows/0/${name}`,
  detail: '',
  reason: 'missing' as const,
}))
const aComparedUnit: ComparedUnitValues = {
  authority: { id: 'demo-xl-lla', name: 'Lautan Labour Authority (demonstration)' },
  action: 'propose-comparison',
  draft: { 'comparison.rows': 'M1\tmatch\tA1' },
  from: { title: 'Bricklaying and Plastering, Level 2', edition: '2024' },
  to: { title: 'Masonry, Class 2', edition: '2026' },
  units: ['Set out work from a drawing', 'Plaster walls and ceilings'].map((title, at) => ({
    unit: { code: `M${at + 1}`, title },
    result: at === 0 ? 'match' : 'not-compared',
  })),
  at: 1,
  stated: { result: '', by: ['A7'], note: 'Ceilings' },
  closest: Array.from({ length: 8 }, (_, at) => ({
    unit: { code: `A${at}`, title: 'Plaster and render walls' },
    words: at,
    isSameCode: at === 0,
  })),
}
const aUnitOfSet = { code: 'S1', title: 'Plaster walls and ceilings' }
const aSet = (): SkillSetValues => {
  const { id, number, hash, state, joined, missing, left, catalogueAt, to } = aComparison
  const accepts = [
    { qualification: 'demo-xs-stc.bricklaying-2', title: 'Bricklaying', edition: '2020', unit: 'STC-BP-05' },
  ]
  return {
    ...{ id, number, hash, state, joined, missing, left, catalogueAt },
    name: 'Bricklaying, agreed set',
    units: [{ ...aUnitOfSet, accepts }],
    against: { ...to.pinned, missing: [aUnitOfSet], there: [aUnitOfSet], beyond: [aUnitOfSet] },
  }
}
const aHeld = (): HeldValues => ({
  comparison: aComparison,
  verdict: 'valid',
  units: (['has', 'in-part', 'lacks', 'not-compared'] as const).map((held, at) => ({
    code: `M${at}`,
    title: 'Plaster walls and ceilings',
    held,
    ...(held === 'lacks' && { note: 'Ceilings' }),
  })),
})
const atDesk = (of: ReturnType<typeof aContext>) => ({
  ...of,
  officer: 'demo-xl-lla-officer-1',
  formToken: { name: 'form-token', of: () => 'token' },
})
const unkept = {
  problem: { code: 'sign-in-required' },
  returnTo: '/desk',
  unkept: { 'comparison.rows': 'M1\tmatch\tA1\n'.repeat(60) },
}
const aComparison: ComparisonValues = {
  id: 'demo-xl-lla.bricks',
  number: 3,
  hash: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  state: 'waiting',
  joined: [{ ...lautan, ...someDays }],
  missing: [samudra, { registry: 'pantai.example', id: 'agency' }],
  left: [],
  catalogueAt: '2026-10-01T00:00:00.000Z',
  from: {
    pinned: {
      qualification: 'demo-xs-stc.bricklaying-2',
      edition: '2024',
      title: 'Bricklaying, level 2',
      state: 'XS',
      stateName: 'Fictional Samudra',
    },
    localTitle: { text: burmese, language: 'my' },
    units: bothUnits,
    aqrf: { framework: 'AQRF', basis: 'No level table is on record.', confirmed: false, confidence: 'high' },
  },
  to: {
    pinned: {
      qualification: 'th-brick-1',
      edition: '2019',
      title: 'Masonry 1',
      state: 'TH',
      aqrf: { level: '2', confirmed: false },
    },
    localTitle: { text: 'ผู้ประกอบอาชีพช่างก่ออิฐระดับหนึ่งตามมาตรฐานฝีมือแรงงานแห่งชาติ', language: 'th' },
    units: bothUnits,
    aqrf: { framework: 'AQRF', level: '2', basis: 'Level table of 2019', confirmed: false, confidence: 'high' },
  },
  units: bothUnits.map((unit, place) => ({
    unit,
    result: (['match', 'partial', 'gap', 'not-compared'] as const)[place % 4] as 'match',
    by: place % 4 < 2 ? bothUnits.slice(place, place + 2) : [],
    ...(place === 1 && { note: 'By hand only; the host asks for machines as well.' }),
  })),
  beyond: [{ code: 'BP-09', title: 'Restore old walls' }],
  counts: { match: 2, partial: 2, gap: 2, 'not-compared': 2 },
  overall: 'partial',
  degree: 'some-units',
  level: { difference: 'unknown', missing: ['from'] },
  aspects: { assessment: { result: 'partial', note: 'The host adds a written test.' }, grades: { result: 'gap' } },
}
const corridors = shippedBaseline.corridors ?? []
const tracksOf = (corridor: (typeof corridors)[number]) =>
  corridor.tracks.map((track) => ({
    corridor: corridor.id,
    id: track.id,
    skillsArea: track.skillsArea,
    states: track.states.map((state) => ({ state })),
    ...(track.origin && { origin: { state: track.origin } }),
    ...(track.host && { host: { state: track.host } }),
    steps: track.steps.map((step) =>
      step.progress === 'nothing' ? step : { ...step, by: { state: track.states[0] ?? '' } },
    ),
  }))
const someCorridors = {
  tracks: corridors.flatMap(tracksOf),
  states: ['KH', 'TH'].map((state) => ({ state })),
  pilots: [{ id: 'pilot', states: [{ state: 'ID' }, { state: 'MY' }], note: burmese, reportedOn: '2019-09-13' }],
}
const anAgreedLevel: AgreedLevel = {
  ...{
    aqrf: 2,
    hostLevel: 3,
    since: someDays.recordedAt,
    track: '/corridors/one.building/bricks',
    source: 'https://a.example',
  },
  agreedBy: [
    { registry: 'sijil.example', id: 'one', name: burmese, state: 'MM' },
    { registry: 'sijil.example', id: 'two', name: 'x'.repeat(90), state: 'TH' },
  ],
}
const aTitle: ComparableTitle = {
  ...{ title: 'Masonry, '.repeat(20), localTitle: { text: burmese, language: 'my' }, qualification: 'th-brick-1' },
  ...{ degree: 'every-unit', since: someDays.recordedAt, comparison: '/comparisons/one.bricks/1' },
  agreedBy: anAgreedLevel.agreedBy,
}
/** The first corridor has most tracks, and the second one has areas and activities. */
const [firstCorridor, secondCorridor] = corridors as [(typeof corridors)[number], (typeof corridors)[number]]
const trackPage = (corridor: (typeof corridors)[number], context: Parameters<typeof reportedTrackPage>[1]) => {
  const [track, listed] = [corridor.tracks[0], tracksOf(corridor)[0]]
  if (track === undefined || listed === undefined) throw new Error('it has no track')
  const ids = track.pairs.flatMap(({ from, to }) => [from, ...to])
  const qualifications = ids.map((id, at) => ({
    id,
    title: findQualification(id)?.title ?? '',
    units: at,
    ...(at > 0 && { level: { framework: 'PQF', level: 2, confirmed: at > 1 } }),
  }))
  return reportedTrackPage({ corridor, track, listed, qualifications }, context)
}
const declarer = { id: 'demo-xl-lla', name: 'Lautan Labour Authority', state: 'XL', stateName: 'Fictional Lautan' }
const anEvidence: PublicEvidence = {
  access: 'public',
  artefact: 'assessment-methods',
  title: burmese,
  address: `https://${'x'.repeat(60)}.example/${'y'.repeat(200)}`,
  sha256: 'ab'.repeat(32),
}
const someEvidence: readonly Evidence[] = [
  anEvidence,
  { access: 'hash-only', artefact: 'practice-examination', commitment: 'cd'.repeat(32) },
]
const aDeclaredTrack: DeclaredTrackValues = {
  corridor: { id: 'demo-xl-lla.building', title: 'Building trades', state: 'ended' },
  listed: {
    ...{ corridor: 'demo-xl-lla.building', id: 'bricks', skillsArea: 'Bricklaying' },
    states: [{ state: 'XS', stateName: 'Fictional Samudra' }, declarer],
    ...{ origin: { state: 'XS', stateName: 'Fictional Samudra' }, host: declarer, steps: [] },
  },
  track: {
    ...{ id: 'bricks', skillsArea: 'Bricklaying', demand: [anEvidence] },
    occupations: [{ isco: '7112', descriptions: [{ language: 'th', text: thai }], roles: ['Sets out', burmese] }],
    areas: [{ area: 'Walls', occupations: ['7112'], qualifications: ['ph-masonry-nc2'] }],
  },
  steps: stepIds.map((step, at) => ({
    step,
    ...(at > 5
      ? { progress: 'nothing' as const }
      : {
          progress: (['done', 'waits', 'under-way'] as const)[at % 3] ?? 'done',
          basis: 'declared' as const,
        }),
    declarations:
      at > 5
        ? []
        : [false, true].map((joined) => ({
            ...{ declaredBy: declarer, hash: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA', joined },
            statement: { progress: 'done', on: '2026-03-01', part: khmer, evidence: someEvidence },
            recordedAt: someDays.recordedAt,
          })),
    attached: at === 0 ? someEvidence.map((one) => ({ ...one, by: declarer, recordedAt: someDays.recordedAt })) : [],
    missing: [{ id: 'demo-xs-sqc', state: 'XS', stateName: 'Fictional Samudra' }],
    settledAt: someDays.recordedAt,
  })),
  gaps: [false, true].map((isClosed) => ({
    ...{ id: 'g1', unit: 'M2', result: 'partial', note: burmese, openedAt: someDays.recordedAt },
    comparison: { id: 'demo-xl-lla.bricks', number: 1 },
    ...(isClosed && {
      action: 'A course of two days',
      closed: { evidence: someEvidence, by: declarer, at: someDays.recordedAt },
    }),
  })),
  levelRecords: [
    {
      ...aComparison,
      ...{ edition: { qualification: 'ph-masonry-nc2', edition: khmer }, aqrf: 2, hostLevel: 3, host: declarer },
      source: `https://${'x'.repeat(60)}.example/${'y'.repeat(200)}`,
    },
  ],
  timeline: [
    ...(['step-declared', 'step-joined', 'evidence-attached', 'step-withdrawn'] as const).map((type) => ({
      ...{ type, step: '7b' as const, declaredBy: declarer, recordedAt: someDays.recordedAt, entry: 'q'.repeat(43) },
      ...{ basis: 'Act 5', on: '2026-03-01' },
    })),
    { type: 'step-settled', step: '1', recordedAt: '2026-06-01T00:00:00.000Z' },
    ...(['gaps-opened', 'gap-action', 'gap-closed'] as const).map((type) => ({
      ...{ type, gaps: ['g1', 'g2'], declaredBy: declarer, recordedAt: someDays.recordedAt, entry: 'q'.repeat(43) },
    })),
    ...(['corridor', 'level'] as const).flatMap((of) =>
      (['joint-proposed', 'joint-joined', 'joint-left'] as const).map((type) => ({
        ...{ type, of, number: 2, by: 'demo-xl-lla', recordedAt: someDays.recordedAt, entry: 'q'.repeat(43) },
      })),
    ),
  ],
  qualifications: [],
}
const aPortfolio: PortfolioValues = {
  track: aDeclaredTrack.listed,
  registry: 'https://sijil.example',
  command: 'sijil portfolio make demo-xl-lla.building/bricks',
}
const someCompliance: ComplianceValues = {
  lines: (['A.1', 'B.2.10'] as const).map((line, row) => ({
    ...{ arrangement: 'nursing', line, title: row === 0 ? burmese : 'x'.repeat(90) },
    declared: complianceDegrees.map((degree, at) => ({
      ...{ degree, on: '2026-03-01', recordedAt: someDays.recordedAt, entry: 'q'.repeat(43), counts: at !== 2 },
      declaredBy: { ...declarer, state: ['TH', 'MM', 'MM', 'XL'][at] ?? 'XL' },
      evidence: at === 0 ? [{ title: thai, address: anEvidence.address, sha256: anEvidence.sha256 }] : [],
    })),
  })),
}
const aProfile: WorkerProfileValues = {
  track: aDeclaredTrack.listed,
  occupations: aDeclaredTrack.track.occupations,
  qualifications: [
    {
      ...{ id: 'ph-masonry-nc2', title: 'Masonry NC II', edition: burmese, description: khmer, units: [] },
      levels: [{ framework: 'PQF', level: '2', confirmed: false }],
      missing: [{ unit: 'M2', result: 'gap', note: burmese }],
    },
    {
      ...{ id: 'other', title: 'Other', edition: '2020', description: thai, levels: [], missing: [] },
      units: [{ code: 'U-1', title: 'Lay bricks and blocks' }],
    },
  ],
  draftedOn: '2026-03-01',
}
const aDeclaredCorridor = {
  ...{ id: 'demo-xl-lla.building', title: burmese, state: 'ended' as const },
  version: { ...aComparison, state: 'ended' as const, endedFrom: someDays.recordedAt },
  waiting: aComparison,
  tracks: [{ ...aDeclaredTrack.listed, steps: aDeclaredTrack.steps }],
  records: ['joint-proposed', 'joint-joined', 'joint-left'].map((type) => ({
    ...{ number: 1, type, by: 'demo-xl-lla', recordedAt: someDays.recordedAt, entry: 'q'.repeat(43) },
  })),
}
const aDecision: DecisionsValues['decisions'][number] = {
  id: 'd1',
  edition: '2024',
  qualification: {
    id: 'demo-xs-stc.bricklaying-2',
    title: 'Bricklaying, level 2',
    page: '/qualifications/demo-xs-stc.bricklaying-2',
  },
  host: { id: 'demo-host', name: 'Lautan Labour Authority', state: 'XL', stateName: 'Fictional Lautan' },
  award: { from: '2024-01-01', until: '2026-12-31' },
  result: 'part',
  units: ['PB-01'],
  conditions: burmese,
  basis: 'Act 5',
  appeal: 'To the board',
  applies: 'now',
  from: '2024-06-01T00:00:00.000Z',
  recordedAt: '2024-05-20T08:00:00.000Z',
}
const someDecisions: DecisionsValues = {
  decisions: [aDecision, aDecision],
  hosts: [{ state: 'XL', stateName: 'Fictional Lautan' }],
  asked: {},
}

const anOccupation: OccupationValues = {
  id: '7112',
  title: 'Bricklayers and related workers',
  asOf: '2026-12-01',
  count: 10_000,
  states: ['MM', 'ASEAN'].map((state) => ({
    state,
    qualifications: someQualifications.qualifications.map((each, index) => ({ ...each, isRelated: index % 2 === 0 })),
  })),
}

type Pages = Record<string, (origin: string) => string>

/** Every page and state of a page that a reader can meet, by its address in the test. */
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
        aResult({
          person: 'shown',
          levels: { ...aPanel('KH'), agreed: anAgreedLevel, comparable: aTitle },
          verification: named(thai, thai),
        }),
        context(origin, 'th'),
      ),
    '/same-day': (origin) => resultPage(aResult({ verification: onItsDay }), context(origin)),
    '/same-day-th': (origin) => resultPage(aResult({ verification: onItsDay }), context(origin, 'th')),
    '/no-host': (origin) =>
      resultPage(aResult({ levels: aPanel(), host: undefined, kind: 'mra-title' }), context(origin)),
    '/sent-in': (origin) =>
      resultPage(aResult({ token: undefined, person: 'shown', fileName: 'certificate.json' }), context(origin)),
    '/changes': (origin) => changesPage(someChanges, context(origin)),
    '/changes-thai': (origin) => changesPage({ ...someChanges, search: { kind: 'keys' } }, context(origin, 'th')),
    '/changes-one': (origin) =>
      changePage(
        someChanges.changes[0] as (typeof someChanges.changes)[number],
        aLog({ witnesses: [`${'witness.example/'.repeat(6)}+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2`] }),
        context(origin),
      ),
    '/issuers': (origin) => issuersPage(someIssuers(), context(origin)),
    '/issuers-many': (origin) => issuersPage(someIssuers({ issuers: manyIssuers }), context(origin)),
    '/issuers-none': (origin) => issuersPage(someIssuers({ issuers: [] }), context(origin, 'th')),
    '/issuers-none-of-many': (origin) =>
      issuersPage(
        someIssuers({
          issuers: [],
          isPart: true,
          next: 'x'.repeat(60),
          examined: 100,
          search: { s: burmese, c: 'MM', field: '0732', occupation: '7112', level: 'AQRF.2', standing: 'pilot' },
        }),
        context(origin, 'th'),
      ),
    '/qualifications': (origin) => cataloguePage(someQualifications, context(origin)),
    '/qualifications-th': (origin) => cataloguePage({ ...someQualifications, search: {} }, context(origin, 'th')),
    '/qualifications-none': (origin) => cataloguePage(noQualifications, context(origin)),
    '/qualifications-none-th': (origin) => cataloguePage(noQualifications, context(origin, 'th')),
    '/units': (origin) => unitPage(aUnit, context(origin)),
    '/units-th': (origin) => unitPage({ ...aUnit, qualifications: [], count: 0 }, context(origin, 'th')),
    '/occupations': (origin) => occupationPage(anOccupation, context(origin)),
    '/occupations-th': (origin) => occupationPage(anOccupation, context(origin, 'th')),
    '/comparisons': (origin) => comparisonPage(aComparison, context(origin)),
    '/comparisons-th': (origin) =>
      comparisonPage(
        { ...aComparison, state: 'joint', missing: [], jointFrom: someDays.recordedAt },
        context(origin, 'th'),
      ),
    '/comparability': (origin) =>
      comparabilityPage(
        {
          asked: { from: 'a', to: 'b' },
          versions: [{ ...aComparison, from: aComparison.from.pinned, to: aComparison.to.pinned }],
        },
        context(origin),
      ),
    '/comparability-th': (origin) =>
      comparabilityPage({ asked: { from: 'a', to: 'b' }, versions: [] }, context(origin, 'th')),
    '/corridors': (origin) => corridorsPage(someCorridors, context(origin)),
    '/corridors-th': (origin) => corridorsPage({ ...someCorridors, ofState: { state: 'TH' } }, context(origin, 'th')),
    '/corridors-none': (origin) => corridorsPage({ tracks: [], pilots: [], states: [] }, context(origin)),
    '/corridor': (origin) =>
      reportedCorridorPage({ corridor: firstCorridor, tracks: tracksOf(firstCorridor) }, context(origin)),
    '/corridor-th': (origin) => reportedCorridorPage({ corridor: secondCorridor, tracks: [] }, context(origin, 'th')),
    '/track': (origin) => trackPage(firstCorridor, context(origin)),
    '/track-th': (origin) => trackPage(secondCorridor, context(origin, 'th')),
    '/declared': (origin) => declaredCorridorPage(aDeclaredCorridor, context(origin)),
    '/declared-th': (origin) => declaredCorridorPage(aDeclaredCorridor, context(origin, 'th')),
    '/profile': (origin) => workerProfilePage(aProfile, context(origin)),
    '/profile-th': (origin) => workerProfilePage({ ...aProfile, qualifications: [] }, context(origin, 'th')),
    '/portfolio': (origin) => portfolioPage(aPortfolio, context(origin)),
    '/portfolio-th': (origin) => portfolioPage(aPortfolio, context(origin, 'th')),
    '/compliance': (origin) => compliancePage(someCompliance, context(origin)),
    '/compliance-th': (origin) => compliancePage(someCompliance, context(origin, 'th')),
    '/compliance-none': (origin) => compliancePage({ lines: [] }, context(origin)),
    '/steps': (origin) => declaredTrackPage(aDeclaredTrack, context(origin)),
    '/steps-th': (origin) => declaredTrackPage(aDeclaredTrack, context(origin, 'th')),
    '/roadmap': (origin) => corridorStepsPage(context(origin)),
    '/roadmap-th': (origin) => corridorStepsPage(context(origin, 'th')),
    '/comparisons-fault': (origin) => comparisonPage(aComparison, context(origin), 'unknown'),
    '/held': (origin) => heldPage(aHeld(), context(origin)),
    '/held-th': (origin) => heldPage({ comparison: aComparison, verdict: 'invalid' }, context(origin, 'th')),
    '/skill-sets': (origin) => skillSetPage(aSet(), context(origin)),
    '/skill-sets-th': (origin) =>
      skillSetPage({ ...aSet(), asked: { qualification: 'a', edition: '' } }, context(origin, 'th')),
    '/set-held': (origin) =>
      setHeldPage({ set: aSet(), verdict: 'valid', held: { has: [aUnitOfSet], lacks: [aUnitOfSet] } }, context(origin)),
    '/set-held-th': (origin) => setHeldPage({ set: aSet(), verdict: 'indeterminate' }, context(origin, 'th')),
    '/compared-unit': (origin) => comparedUnitPage(aComparedUnit, atDesk(context(origin))),
    '/compared-unit-th': (origin) =>
      comparedUnitPage(
        {
          ...aComparedUnit,
          stated: { result: 'partial', by: [], note: '' },
          problem: { code: 'validation-failed', faults: unitFaults },
        },
        atDesk(context(origin, 'th')),
      ),
    '/unkept': (origin) => deskProblemPage(unkept, context(origin)),
    '/unkept-th': (origin) => deskProblemPage(unkept, context(origin, 'th')),
    '/decisions': (origin) => decisionsPage(someDecisions, context(origin)),
    '/decisions-th': (origin) => decisionsPage({ ...someDecisions, decisions: [] }, context(origin, 'th')),
    '/centres': (origin) => centresPage(someCentres, context(origin)),
    '/centres-th': (origin) => centresPage(someCentres, context(origin, 'th')),
    '/centres-none': (origin) => centresPage(noCentres, context(origin)),
    '/centres-none-th': (origin) => centresPage(noCentres, context(origin, 'th')),
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
            contact: { text: name },
            website: `https://${'x'.repeat(60)}.example/${'y'.repeat(200)}`,
          })),
        }),
        context(origin),
      ),
    '/authorities-none': (origin) =>
      authoritiesPage(someAuthorities({ authorities: [], state: 'MM' }), context(origin, 'th')),
    '/reference': (origin) => referencePage(context(origin, 'th')),
    '/issuer': (origin) => issuerPage(anIssuer({ described }), context(origin)),
    '/issuer-th': (origin) => issuerPage(anIssuer({ described }), context(origin, 'th')),
    '/states': (origin) => statesPage(someStates(), context(origin)),
    '/states-th': (origin) => statesPage(someStates({ missing: true }), context(origin, 'th')),
    '/state': (origin) => statePage(aState('PH'), context(origin)),
    '/state-long': (origin) => statePage(aState('MM', { profile: aLongState() }), context(origin, 'th')),
    '/compare': (origin) =>
      compareStatesPage({ pair: [aState('ID').profile, aState('VN').profile], states: stateCodes }, context(origin)),
    '/compare-long': (origin) =>
      compareStatesPage({ pair: [aLongState(), aState('LA').profile], states: stateCodes }, context(origin, 'th')),
    '/compare-form': (origin) => compareStatesPage({ states: stateCodes }, context(origin)),
    '/problem': (origin) =>
      problemPage({ code: 'not-found', title: 'No such thing', remedy: 'Look elsewhere.' }, context(origin)),
    '/refused': (origin) => refusedPage({ code: 'payload-too-large', detail: 'Too many bytes.' }, context(origin)),
    '/too-many': (origin) => tooManyPage({ seconds: 60 }, context(origin)),
    '/too-many-th': (origin) => tooManyPage({ seconds: 60 }, context(origin, 'th')),
    '/about': (origin) => aboutPage(anOperator, context(origin)),
    '/about-unstated': (origin) => aboutPage(undefined, context(origin, 'th')),
    '/privacy': (origin) => privacyPage(anOperator, context(origin)),
    '/privacy-th': (origin) => privacyPage(anOperator, context(origin, 'th')),
    '/accessibility': (origin) => accessibilityPage(undefined, context(origin)),
    '/accessibility-th': (origin) => accessibilityPage(anOperator, context(origin, 'th')),
    '/report-problem': (origin) => reportProblemPage(anOperator, context(origin)),
    '/report-problem-th': (origin) => reportProblemPage(undefined, context(origin, 'th')),
    '/report-fake': (origin) => reportFakePage(aReport, context(origin)),
    '/report-fake-carried': (origin) =>
      reportFakePage({ ...aReport, carried: '4KX79QMB2TZ0HV8RW3C5DNJ6AE' }, context(origin, 'th')),
    '/report-fake-mistakes': (origin) =>
      reportFakePage(
        {
          ...aReport,
          typed: { code: 'x'.repeat(90), reason: 'sold', words: thai, contact: burmese, body: 'c' },
          mistakes: ['code', 'body', 'reason', 'words', 'contact'],
        },
        context(origin),
      ),
    '/report-sent': (origin) => reportSentPage({ reference: '4KX79QMB2TZ0HV8R' }, context(origin)),
    '/report-sent-th': (origin) => reportSentPage({ reference: '4KX79QMB2TZ0HV8R' }, context(origin, 'th')),
    '/report-mistake': (origin) => reportMistakePage(aMistake, context(origin)),
    '/report-mistake-faults': (origin) =>
      reportMistakePage(
        {
          ...aMistake,
          typed: { words: thai, source: 'x'.repeat(90), contact: burmese, edition: '2026' },
          faults: ['reason', 'edition', 'words', 'source', 'contact'],
        },
        context(origin, 'th'),
      ),
    '/report-mistake-nobody': (origin) => {
      const { owner: _, ...unowned } = aMistake
      return reportMistakePage({ ...unowned, operator: anOperator }, context(origin, 'th'))
    },
    '/mistake-sent': (origin) =>
      mistakeSentPage({ record: aMistake.record, reference: '4KX79QMB2TZ0HV8R' }, context(origin, 'th')),
    '/future': (origin) => futurePage({ date: '2026-12-01', today: '/issuers/ph-tesda' }, context(origin)),
    '/not-found': (origin) => notFoundPage('link', context(origin)),
    '/error': (origin) => errorPage(context(origin)),
  }
  if (qualification !== undefined)
    pages['/qualification'] = (origin) =>
      qualificationPage(
        { qualification, levelConfirmed: false, body: { name: 'TESDA', path: '/issuers/ph-tesda' } },
        context(origin),
      )
  if (qualification !== undefined) {
    const statedBy = { id: 'demo-body', name: burmese }
    const long: QualificationValues = {
      qualification: {
        ...qualification,
        title: 'X'.repeat(90),
        description: thai,
        units: Array.from({ length: 76 }, (_, n) => ({ code: `${'U'.repeat(40)}-${n}`, title: titles[n % 5] ?? '' })),
        validity: { years: 5, months: 6 },
      },
      levelConfirmed: false,
      levelBasis: `Record of this qualification, claimed by ${burmese}, not confirmed by the authority of the framework.`,
      localTitles: titles.slice(0, 3).map((text, n) => ({ text, language: ['th', 'my', 'km'][n] ?? 'th' })),
      record: {
        id: 'demo-body.long',
        on: '2026-06-01',
        today: '2026-12-01',
        owner: statedBy,
        recordedOn: '2026-01-02',
        edition: '2024',
        editions: [
          { id: '2024', from: '2024-01-01', until: '2026-12-31', source: `https://x.example/${'x'.repeat(200)}` },
          { id: '2027', from: '2027-01-01', supersedes: '2024', source: 'https://x.example' },
        ],
        statements: (['qualification-stated', 'edition-stated', 'qualification-retired'] as const).map((type) => ({
          type,
          edition: '2027',
          basis: thai,
          statedBy,
          effectiveAt: '2026-01-01T00:00:00.000Z',
          recordedAt: '2026-01-02T08:30:00.000Z',
        })),
        retiredOn: '2026-05-01',
        nextEditionOn: '2027-01-01',
      },
    }
    pages['/qualification-long'] = (origin) => qualificationPage(long, context(origin))
    pages['/qualification-long-th'] = (origin) => qualificationPage(long, context(origin, 'th'))
  }
  if (framework !== undefined) {
    pages['/framework'] = (origin) => frameworkPage({ framework }, context(origin))
    const then = { framework, on: '2018-01-01', today: '2026-12-01', endorsed: 'later' } as const
    pages['/framework-then-th'] = (origin) => frameworkPage(then, context(origin, 'th'))
  }
  if (unreferenced !== undefined)
    pages['/framework-unreferenced'] = (origin) => frameworkPage({ framework: unreferenced }, context(origin))
  for (const [index, verification] of Object.values(verifications).entries())
    pages[`/state-${index}`] = (origin) => resultPage(aResult({ verification }), context(origin))
  return pages
}
