import * as fc from 'fast-check'
import { anyCharacter } from '../../../test/support/any-character.ts'
import { type Certificate, qualificationKinds } from './certificate.ts'
import { type Form, formOf, forms, schemaPaths } from './certificate-form.ts'

/** The schema URL of a form. */
export const schemaUrl = (form: Form): string => `https://registry.example${schemaPaths[form]}`

/** Certificates for tests: a fixed one, and generators for every possible one. */
export function aCertificate(changes: Partial<Certificate> = {}): Certificate {
  return {
    id: 'urn:uuid:3f2b8f8a-6f1e-4d8e-9d1a-0e6a0b1c2d10',
    issuer: {
      id: 'did:web:registry.example:issuers:demo-ph-board',
      name: 'Philippine Trade Skills Board (demonstration)',
      url: 'https://registry.example/issuers/demo-ph-board',
      onBehalfOf: { id: 'https://authority.example/', name: 'Skills Authority (demonstration)' },
    },
    holder: {
      id: 'urn:uuid:11111111-1111-4111-8111-111111111111',
      name: 'Maria Santos',
      nativeName: 'มาเรีย ซานโตส',
      birthDate: '1990-02-28',
      registerNumber: 'ULI-0042',
    },
    certificateNumber: 'NC2-2026-000042',
    qualification: {
      id: 'https://registry.example/qualifications/ph-masonry-nc2',
      kind: 'Certificate',
      title: 'Masonry NC II',
      language: 'en',
      localTitle: { text: 'Pagmamason NC II', language: 'fil' },
      description: 'Lays brick and block for structures.',
      code: 'CON-MSN-NC2',
      edition: '2018',
      field: 'Building and civil engineering',
    },
    levels: [
      {
        kind: 'national',
        framework: 'PQF',
        level: '2',
        name: 'PQF level 2',
        url: 'https://registry.example/frameworks/pqf#2',
        citation: 'PQF, 2018',
      },
      {
        kind: 'aqrf',
        framework: 'AQRF',
        level: '2',
        name: 'AQRF level 2',
        url: 'https://registry.example/frameworks/aqrf#2',
        citation: 'Referencing report, version 1, 2019-05-22',
      },
    ],
    occupation: { code: '7112', title: 'Bricklayers and related workers', url: 'https://isco.example/7112' },
    fieldOfEducation: { code: '0732', title: 'Building and civil engineering', url: 'https://isced.example/0732' },
    units: Array.from({ length: 8 }, (_, at) => ({
      code: `CON71230${at}`,
      title: `Unit ${at}: prepare masonry materials`,
    })),
    assessedOn: '2026-02-10',
    awardedOn: '2026-02-20',
    route: 'Assessment only',
    method: 'Practical demonstration and oral questioning',
    assessor: 'A-0815',
    centre: { id: 'https://registry.example/centres/7', name: 'Cebu Centre (demonstration)' },
    signatory: { name: 'Juan Reyes', position: 'Director' },
    validFrom: '2026-03-02T00:00:00Z',
    validUntil: '2031-03-01T23:59:59Z',
    status: [
      { purpose: 'revocation', list: 'https://registry.example/status-lists/demo-r1', index: 94567 },
      { purpose: 'suspension', list: 'https://registry.example/status-lists/demo-s1', index: 94567 },
    ],
    schema: schemaUrl(2),
    ...changes,
  }
}

export const created = '2026-03-02T00:00:00Z'
export const verificationMethod = 'did:web:registry.example:issuers:demo-ph-board#certificates-1'

const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 30 }),
  fc.string({ minLength: 1, maxLength: 20, unit: anyCharacter }),
  fc.constantFrom(
    'ស្រី ចាន់',
    'မောင်မောင်',
    'ສົມສີ',
    'Nguyễn Văn Ân',
    '" .\n_:c14n0 <urn:p> "x',
    '\\u0041\t\r\b\f\u007f',
    '🧱Ａ',
  ),
)
const uuid = fc.uuid().map((value) => `urn:uuid:${value.toLowerCase()}`)
const path = fc.stringMatching(/^[a-z0-9/~%?=.]{1,20}$/)
const url = (host: string) => path.map((rest) => `https://${host}.example/${rest}`)
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))
const instant = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => `${date.toISOString().slice(0, 19)}Z`)
const language = fc.constantFrom('en', 'fil', 'th', 'id-ID', 'zh-Hant-SG', 'ms')
const coded = fc.record({ code: text, title: text, url: url('code') })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** JSON has no `undefined` members. */
const compact = <T>(value: T): T => JSON.parse(JSON.stringify(value))

/** The first form requires an edition. */
const withEdition = <T extends { schema: string; qualification: { edition?: string | undefined; title: string } }>(
  made: T,
): T =>
  formOf(made.schema) !== 1 || made.qualification.edition !== undefined
    ? made
    : { ...made, qualification: { ...made.qualification, edition: made.qualification.title } }

export const anyCertificate: fc.Arbitrary<Certificate> = fc
  .record({
    id: uuid,
    issuer: fc.record({
      id: fc.constantFrom('did:web:registry.example:issuers:a', 'did:web:localhost%3A4700:issuers:b-2'),
      name: text,
      url: url('body'),
      onBehalfOf: maybe(fc.record({ id: url('authority'), name: text })),
    }),
    holder: fc.record({
      id: uuid,
      name: text,
      nativeName: maybe(text),
      birthDate: maybe(day),
      registerNumber: maybe(text),
    }),
    certificateNumber: text,
    qualification: fc.record({
      id: url('qualification'),
      kind: fc.constantFrom(...qualificationKinds),
      title: text,
      language,
      localTitle: maybe(fc.record({ text, language })),
      description: text,
      code: maybe(text),
      edition: fc.option(text, { nil: undefined, freq: 1 }),
      field: text,
      partOf: maybe(fc.record({ id: url('whole'), title: text })),
      limits: maybe(text),
    }),
    levels: fc.array(
      fc.record({
        kind: fc.constantFrom('national' as const, 'aqrf' as const),
        framework: text,
        level: text,
        name: text,
        url: url('level'),
        citation: text,
      }),
      { maxLength: 2 },
    ),
    occupation: maybe(coded),
    fieldOfEducation: maybe(coded),
    units: fc.array(fc.record({ code: text, title: text }), { maxLength: 2 }),
    assessedOn: maybe(day),
    awardedOn: maybe(day),
    route: maybe(text),
    method: maybe(text),
    assessor: maybe(text),
    centre: maybe(fc.record({ id: url('centre'), name: text })),
    signatory: maybe(fc.record({ name: text, position: text })),
    validFrom: instant,
    validUntil: maybe(fc.constant('2100-01-01T00:00:00Z')),
    status: fc.tuple(fc.integer({ min: 0, max: 131071 }), url('r'), url('s')).map(([index, r, s]) => [
      { purpose: 'revocation' as const, list: r, index },
      { purpose: 'suspension' as const, list: s, index },
    ]),
    schema: fc.tuple(url('schema'), fc.constantFrom(...forms)).map(([base, form]) => `${base}${schemaPaths[form]}`),
  })
  .filter(({ id, holder }) => id !== holder.id)
  .map(compact)
  .map(withEdition) as fc.Arbitrary<Certificate>

export const anyCertificateOf = (form: Form): fc.Arbitrary<Certificate> =>
  anyCertificate.filter(({ schema }) => formOf(schema) === form)

/** If the issuer assesses by itself, the centre is only a reference to it. */
export const anyOwnAssessment = anyCertificate.map((certificate) => ({
  ...certificate,
  centre: { id: certificate.issuer.id, name: certificate.issuer.name },
}))
