import type { Paper } from './paper.ts'

/** A paper for tests. */
export const aPaper = (changes: Partial<Paper> = {}): Paper => ({
  body: {
    bodyName: 'Philippine Trade Skills Board (demonstration)',
    signatory: { name: 'Juan Reyes', title: 'Director' },
  },
  onBehalfOf: 'Skills Authority (demonstration)',
  certificateNumber: 'NC2-2026-000042',
  kind: 'Certificate',
  holder: { name: 'Maria Santos', nativeName: 'มาเรีย ซานโตส' },
  titles: [
    { text: 'Pagmamason NC II', language: 'fil' },
    { text: 'Masonry NC II', language: 'en' },
  ],
  isPart: false,
  facts: {
    issued: '2026-03-02',
    validUntil: '2031-03-01',
    birthDate: '1990-02-28',
    edition: '2018',
    assessedOn: '2026-02-10',
    centre: 'Cebu Centre (demonstration)',
  },
  levels: [
    { name: 'PQF level 2', citation: 'PQF, 2018' },
    { name: 'AQRF level 2', citation: 'Referencing report, version 1, 2019-05-22' },
  ],
  units: Array.from({ length: 8 }, (_, at) => ({
    code: `CON71230${at}`,
    title: `Unit ${at}: prepare masonry materials`,
  })),
  token: '4KX79QMB2TZ04KX79QMB2TZ0AB',
  registry: 'https://registry.example',
  madeAt: new Date('2026-12-02T10:12:30Z'),
  isDuplicate: false,
  isSpecimen: true,
  document: '{"type":["VerifiableCredential"]}',
  ...changes,
})
