/** The entities of the demonstration. Real names are only examples, and the keys belong to this deployment, not to them. */
export interface DemonstrationAuthority {
  id: string
  /** Id of the certifier in `qualifications`, from which the names are taken. Absent: it is fictional, and has a name of its own. */
  certifier?: string
  /** Instead of the certifier's name. */
  name?: string
  acronym?: string
  state: string
  stateName?: string
  mandate: string
  /** The law or decision behind the mandate, if a source states it. */
  legalReference?: string
}

export interface DemonstrationBody extends DemonstrationAuthority {
  /** Absent: it is established by law, and so it is a root. */
  grantor?: string
  /** Ids of qualifications. Absent: all that the certifier awards. */
  qualifications?: readonly string[]
  sandbox?: boolean
}

/** The decisions of the demonstration are effective from this day. */
export const FROM = '2020-01-01T00:00:00.000Z'

/** These show what a page says if no contact is recorded. */
export const withoutContact: readonly string[] = ['demo-vn-moet', 'demo-kh-mlvt', 'demo-asean-acpacc', 'sandbox']

/** Samudra is fictional, so its code is one that ISO 3166-1 leaves to its users. Its authority confirms levels, and no real one does here. */
export const samudra = {
  state: 'XS',
  stateName: 'Fictional Samudra',
  authority: 'demo-xs-sqc',
  body: 'demo-xs-stc',
  framework: 'demo-xs-sqc.sqf',
  bricklaying: 'demo-xs-stc.bricklaying-2',
  scaffolding: 'demo-xs-stc.scaffolding-2',
} as const

/** Lautan is fictional as well. Its authority decides what certificates of other states count for there, and accredits nobody. */
export const lautan = {
  state: 'XL',
  stateName: 'Fictional Lautan',
  authority: 'demo-xl-lla',
  masonry: 'demo-xl-lla.masonry-2',
  comparison: { kind: 'comparison', id: 'demo-xl-lla.masonry', number: 1 },
} as const

// biome-ignore format: it reads as a table
export const demonstrationAuthorities: readonly DemonstrationAuthority[] = [
  { id: 'demo-ph-pqfncc',   certifier: 'ph-pqfncc',   state: 'PH', mandate: 'Republic Act 10968 (Philippine Qualifications Framework)', legalReference: 'Republic Act 10968 (2018)' },
  { id: 'demo-id-bnsp',     certifier: 'id-bnsp',     state: 'ID', mandate: 'licenses certification bodies (LSP); legal reference not stated' },
  { id: 'demo-th-onec',     certifier: 'th-onec',     state: 'TH', mandate: 'national qualifications framework; legal reference not stated' },
  { id: 'demo-my-mqa',      certifier: 'my-mqa',      state: 'MY', mandate: 'Malaysian Qualifications Framework; legal reference not stated' },
  { id: 'demo-vn-moet',     certifier: 'vn-moet',     state: 'VN', mandate: 'Decision 1982/QD-TTg (2016)', legalReference: 'Decision 1982/QD-TTg (2016)' },
  { id: 'demo-kh-ntb',      certifier: 'kh-ntb',      state: 'KH', mandate: 'Cambodia Qualifications Framework; legal reference not stated' },
  { id: samudra.authority,  name: 'Samudra Qualifications Council', acronym: 'SQC', state: samudra.state, stateName: samudra.stateName, mandate: 'Samudra Qualifications Framework, by a fictional law', legalReference: 'Qualifications Act 7 of 2018 (fictional)' },
  { id: lautan.authority,   name: 'Lautan Labour Authority', acronym: 'LLA', state: lautan.state, stateName: lautan.stateName, mandate: 'recognition of foreign skills certificates, by a fictional law', legalReference: 'Skills Recognition Act 3 of 2019 (fictional)' },
]

// biome-ignore format: it reads as a table
export const demonstrationBodies: readonly DemonstrationBody[] = [
  { id: 'demo-ph-tesda',      certifier: 'ph-tesda',      state: 'PH', mandate: 'Republic Act 7796 (1994)' },
  { id: 'demo-id-lsp',        certifier: 'id-bnsp',       state: 'ID', mandate: 'licence of the demonstration BNSP', grantor: 'demo-id-bnsp', name: 'LSP Contoh Garmen (fictional)' },
  { id: 'demo-th-dsd',        certifier: 'th-dsd',        state: 'TH', mandate: 'skill standards; legal reference not stated', grantor: 'demo-th-onec' },
  { id: 'demo-my-jpk',        certifier: 'my-jpk',        state: 'MY', mandate: 'Malaysian Skills Certification; legal reference not stated', grantor: 'demo-my-mqa' },
  { id: 'demo-vn-dvet',       certifier: 'vn-dvet',       state: 'VN', mandate: 'vocational certificates; legal reference not stated', grantor: 'demo-vn-moet' },
  { id: 'demo-kh-mlvt',       certifier: 'kh-mlvt',       state: 'KH', mandate: 'vocational certificates; legal reference not stated', grantor: 'demo-kh-ntb' },
  { id: samudra.body,         name: 'Samudra Trades Certification', acronym: 'STC', state: samudra.state, stateName: samudra.stateName, mandate: 'accreditation by the fictional council', grantor: samudra.authority, qualifications: [samudra.bricklaying, samudra.scaffolding] },
  // The registers of the recognition arrangements, each run by its own committee.
  { id: 'demo-asean-acpecc',  certifier: 'asean-acpecc',  state: 'ASEAN', mandate: 'MRA on Engineering Services' },
  { id: 'demo-asean-aac',     certifier: 'asean-aac',     state: 'ASEAN', mandate: 'MRA on Architectural Services' },
  { id: 'demo-asean-acpacc',  certifier: 'asean-acpacc',  state: 'ASEAN', mandate: 'MRA Framework on Accountancy Services' },
  { id: 'demo-asean-atprs',   certifier: 'asean-atprs',   state: 'ASEAN', mandate: 'MRA on Tourism Professionals' },
  { id: 'sandbox',            certifier: 'ph-tesda',      state: 'ASEAN', mandate: 'signs anything for anybody, so it vouches for nothing', name: 'Sandbox', sandbox: true },
]

export interface DemonstrationCentre {
  id: string
  name: string
  state: string
  stateName?: string
  grantor: string
  qualifications: readonly string[]
}

// biome-ignore format: it reads as a table
export const demonstrationCentres: readonly DemonstrationCentre[] = [
  { id: 'demo-ph-centre-taguig', name: 'Example Assessment Center, Taguig', state: 'PH', grantor: 'demo-ph-tesda', qualifications: ['ph-forklift-nc2', 'ph-masonry-nc1', 'ph-masonry-nc2'] },
  { id: 'demo-xs-centre-tanjung', name: 'Example Assessment Centre, Tanjung', state: samudra.state, stateName: samudra.stateName, grantor: samudra.body, qualifications: [samudra.bricklaying, samudra.scaffolding] },
]

/** Two officers each, because a second officer must approve what the first proposes. Also of the body that states qualifications. */
export const demonstrationOfficers = [
  { authority: 'demo-th-onec', client: 'demo-th-onec-officer-1' },
  { authority: 'demo-th-onec', client: 'demo-th-onec-officer-2' },
  { authority: 'demo-ph-pqfncc', client: 'demo-ph-pqfncc-officer-1' },
  { authority: 'demo-ph-pqfncc', client: 'demo-ph-pqfncc-officer-2' },
  { authority: samudra.authority, client: 'demo-xs-sqc-officer-1' },
  { authority: samudra.authority, client: 'demo-xs-sqc-officer-2' },
  { authority: lautan.authority, client: 'demo-xl-lla-officer-1' },
  { authority: lautan.authority, client: 'demo-xl-lla-officer-2' },
  { authority: samudra.body, client: 'demo-xs-stc-officer-1' },
  { authority: samudra.body, client: 'demo-xs-stc-officer-2' },
] as const
