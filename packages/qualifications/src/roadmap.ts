/**
 * A step of the roadmap of the founding report (its Table 2), by its official title. `all`: what the parties agree together, so one text that
 * each joins. `each`: what every party says about its own arrangements.
 */
export interface RoadmapStep {
  id: StepId
  title: string
  parties: 'all' | 'each'
  /** What its template asks for. Ids of `artefacts`. */
  artefacts: readonly Artefact[]
}

// biome-ignore format: it reads as a table
export const stepIds = ['1', '2', '3', '4', '5', '6', '7a', '7b'] as const
export type StepId = (typeof stepIds)[number]
export const isStepId = (text: string): text is StepId => stepIds.some((id) => id === text)

/** Kinds of evidence. Their names are a closed list, so that evidence can be named in public without a title. */
// biome-ignore format: it reads as a table
export const artefacts = {
  'demand-evidence':         'Evidence of the demand in the country of destination',
  'occupation-list':         'Agreed list of occupations, with ISCO-08 codes',
  'mandate-letters':         'Letters that name focal points and their mandate',
  'unit-comparison':         'Comparison of both standards, unit by unit',
  'standards':               'Both standards, each with its version and day',
  'qualification-profiles':  'Profile of the qualification of each side: units, entry, hours, level',
  'qualification-pair':      'Agreed pair of qualifications',
  'assessment-methods':      'Comparison of the methods of assessment',
  'assessor-requirements':   'What is required of assessors',
  'practice-examination':    'Practice examination',
  'specimen-certificate':    'Specimen of the certificate',
  'quality-assurance':       'Description of the quality assurance of each side',
  'centre-list':             'List of accredited centres',
  'gap-register':            'Register of gaps, with a plan of action',
  'worker-profile':          'Profile of the migrant skilled worker',
  'portfolio-manifest':      'Manifest of the portfolio, with the hash of each artefact',
  'receipt':                 'Receipt of the authority that received the portfolio',
  'level-record':            'Level record: framework of origin, AQRF, framework of the host, basis, day',
} as const
export type Artefact = keyof typeof artefacts

/** Only their names and hashes are public, because who knows their content can pass the examination. */
export const restrictedArtefacts: ReadonlySet<Artefact> = new Set<Artefact>(['practice-examination'])

// biome-ignore format: it reads as a table
export const roadmap: readonly RoadmapStep[] = [
  { id: '1',  parties: 'all',  title: 'Identifying areas of skills for mutual recognition', artefacts: ['demand-evidence', 'occupation-list', 'mandate-letters'] },
  { id: '2',  parties: 'all',  title: 'Benchmarking skills/competency standards', artefacts: ['unit-comparison', 'standards'] },
  { id: '3',  parties: 'all',  title: 'Defining and benchmarking the qualification', artefacts: ['qualification-profiles', 'qualification-pair'] },
  { id: '4',  parties: 'each', title: 'Assessing the assessment and certification arrangements', artefacts: ['assessment-methods', 'assessor-requirements', 'practice-examination', 'specimen-certificate'] },
  { id: '5',  parties: 'each', title: 'Assessing quality assurance of training assessment and certification arrangements', artefacts: ['quality-assurance', 'centre-list', 'gap-register'] },
  { id: '6',  parties: 'all',  title: 'Drafting the migrant skilled worker profile', artefacts: ['worker-profile'] },
  { id: '7a', parties: 'all',  title: 'Assembling and submission of the portfolio of evidence', artefacts: ['portfolio-manifest', 'receipt'] },
  { id: '7b', parties: 'all',  title: 'Level-to-Level Referencing of the selected qualifications between the NQF and AQRF (and NQF of receiving country)', artefacts: ['level-record'] },
]

/** The thirteen activities of the second corridor (Table 3 of the founding report): another template for the same work. */
export const activities = [
  'Identification of the occupations',
  'Define occupational descriptions',
  'Specify role and responsibility',
  'Identify all Units of Competency (UOC) needed',
  'Share with industry stakeholders',
  'Streamline agreed skills sets of UOC',
  'Set up pilot site',
  'Demonstrate dummy operation',
  'Finalize mutually agreed MRS pillar',
  'Pinpoint mismatched items against MRS pillar',
  'Analyze relevant competency gaps',
  'Trilateral agreement on MRS gap pillars',
  'Capacity building',
] as const

/** What is published about corridors may be used by everybody who names the source. */
export const CORRIDOR_LICENCE = 'https://creativecommons.org/licenses/by/4.0/'
