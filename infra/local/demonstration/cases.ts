import type { IssueInput } from '@sijil/registry/certificates'
import { samudra } from './bodies.ts'

/** The day that was so many days before the demonstration began, `YYYY-MM-DD`. */
export type Day = (ago: number) => string

export interface Case {
  name: string
  verdict: 'valid' | 'invalid'
  issuer: string
  input: IssueInput
  /** Changes the certificate after it was issued. */
  afterwards?: (certificate: {
    change: (verb: 'revoke' | 'suspend', body: object) => Promise<unknown>
    reissue: (input: IssueInput) => Promise<unknown>
  }) => Promise<unknown>
}

/** Every case that the public API can make. The first is the one that `npm start` shows: no doubt is left open on its page. */
export const cases = (day: Day): [Case, ...Case[]] => {
  const ofTesda = (qualification: string, number: string, name: string): IssueInput => ({
    qualification,
    holder: { name },
    certificateNumber: number,
    assessedOn: day(64),
    awardedOn: day(60),
    method: 'demonstration-and-questioning',
    route: 'prior-learning',
    centre: { id: 'demo-ph-centre-taguig' },
    signatory: { name: 'DEMO OFFICER', position: 'Provincial Director (demonstration)' },
  })
  // Its edition is current. Our record of Masonry NC II is of an edition that ended in 2018.
  const forklift = (number: string, name: string) => ofTesda('ph-forklift-nc2', number, name)
  const masonry = (number: string, name: string) => ofTesda('ph-masonry-nc2', number, name)
  return [
    {
      name: 'signed-aqrf-level',
      verdict: 'valid',
      issuer: samudra.body,
      input: {
        qualification: samudra.bricklaying,
        holder: { name: 'AMINAH BINTI EXAMPLE', birthDate: '1998-03-21' },
        certificateNumber: 'STC-DEMO-000128',
        assessedOn: day(40),
        awardedOn: day(35),
        method: 'demonstration-and-questioning',
        route: 'prior-learning',
        centre: { id: 'demo-xs-centre-tanjung' },
        signatory: { name: 'DEMO OFFICER', position: 'Registrar (demonstration)' },
      },
    },
    {
      name: 'in-force',
      verdict: 'valid',
      issuer: 'demo-ph-tesda',
      input: {
        ...forklift('25-DEMO-FLO2-004417', 'RODEL MANALO DELA CRUZ'),
        registerNumber: 'DCR-94-719-DEMO',
        holder: { name: 'RODEL MANALO DELA CRUZ', birthDate: '1994-07-19' },
      },
    },
    {
      name: 'edition-ended',
      verdict: 'valid',
      issuer: 'demo-ph-tesda',
      input: masonry('25-DEMO-MAS2-000511', 'ROSA VILLANUEVA EXAMPLE'),
    },
    {
      name: 'no-framework-level',
      verdict: 'valid',
      issuer: 'demo-kh-mlvt',
      input: {
        qualification: 'kh-brick-plaster-1',
        holder: { name: 'SOK DARA EXAMPLE', nativeName: 'សុខ ដារ៉ា' },
        certificateNumber: 'KH-DEMO-0031',
        assessedOn: day(30),
        awardedOn: day(28),
        route: 'prior-learning',
      },
    },
    {
      name: 'part-qualification',
      verdict: 'valid',
      issuer: 'demo-ph-tesda',
      input: { ...masonry('25-DEMO-COC-000112', 'MARIA LUZ EXAMPLE'), units: ['CON712301', 'CON712302'] },
    },
    {
      name: 'mra-title',
      verdict: 'valid',
      issuer: 'demo-asean-acpacc',
      input: {
        qualification: 'asean-acpa',
        holder: { name: 'NURUL BINTI EXAMPLE' },
        certificateNumber: 'ACPA-DEMO-77',
        awardedOn: day(20),
      },
    },
    {
      name: 'issuer-suspended-since',
      verdict: 'valid',
      issuer: 'demo-id-lsp',
      input: {
        qualification: 'id-bnsp-garment',
        holder: { name: 'SUPARNO' },
        certificateNumber: 'DEMO-8153-00031',
        assessedOn: day(90),
        awardedOn: day(80),
      },
    },
    {
      name: 'revoked',
      verdict: 'invalid',
      issuer: 'demo-ph-tesda',
      input: forklift('25-DEMO-FLO2-000093', 'JOAN REYES EXAMPLE'),
      afterwards: ({ change }) => change('revoke', { reason: 'issued-in-error' }),
    },
    {
      name: 'suspended',
      verdict: 'invalid',
      issuer: 'demo-th-dsd',
      input: {
        qualification: 'th-brick-1',
        holder: { name: 'SOMCHAI EXAMPLE', nativeName: 'สมชาย ตัวอย่าง' },
        certificateNumber: 'TH-DEMO-5512',
        assessedOn: day(45),
        awardedOn: day(44),
      },
      afterwards: ({ change }) => change('suspend', { reason: 'under-investigation' }),
    },
    {
      name: 'superseded',
      verdict: 'invalid',
      issuer: 'demo-ph-tesda',
      input: forklift('25-DEMO-FLO2-000207', 'ANA BAUTISTA EXAMPLE'),
      afterwards: ({ reissue }) => reissue(forklift('25-DEMO-FLO2-000207', 'ANA MARIE BAUTISTA EXAMPLE')),
    },
  ]
}
