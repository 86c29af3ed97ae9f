import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { type Certificate, multikeyFromSpki, prepareCredential, sealCredential } from '@sijil/credentials'

/** The number of different texts, so that no subject is faster because it remembers the last one. */
export const TEXTS = 32

export const DID = 'did:web:registry.example:issuers:demo-board'
export const METHOD = `${DID}#certificates-1`
const CREATED = '2026-03-02T00:00:00Z'

/** A key pair in memory. */
export interface Keys {
  privateKey: KeyObject
  publicKey: KeyObject
  publicKeyMultibase: string
}

export function makeKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey,
    publicKey,
    publicKeyMultibase: multikeyFromSpki(publicKey.export({ type: 'spki', format: 'der' })),
  }
}

const unitTitles = [
  'Prepare masonry materials',
  'Perform basic masonry works',
  'Lay brick and block for structures',
  'Plaster wall surfaces',
  'Read and interpret plans and specifications',
  'Observe safety and health on site',
  'Perform mensuration and calculation',
  'Set up and dismantle scaffolding',
]

/** A certificate with the members of the first one of the demonstration, and eight units. */
export function certificate(n: number): Certificate {
  const digits = String(n).padStart(4, '0')
  return {
    id: `urn:uuid:3f2b8f8a-6f1e-4d8e-9d1a-0e6a0b1c${digits}`,
    issuer: {
      id: DID,
      name: 'Philippine Trade Skills Board (demonstration)',
      url: 'https://registry.example/issuers/demo-board',
    },
    holder: {
      id: `urn:uuid:11111111-1111-4111-8111-11111111${digits}`,
      name: `MARIA SANTOS EXAMPLE ${digits}`,
      birthDate: '1990-02-28',
      registerNumber: `ULI-${digits}`,
    },
    certificateNumber: `NC2-2026-${digits}`,
    qualification: {
      id: 'https://registry.example/qualifications/ph-masonry-nc2',
      kind: 'Certificate',
      title: 'Masonry NC II',
      language: 'en',
      description: 'Found able to prepare masonry materials, lay bricks and blocks, and plaster walls.',
      edition: 'TESDA Training Regulations in force before the amendment of 29 October 2018',
      field: 'Building and construction',
    },
    levels: [
      {
        kind: 'national',
        framework: 'PQF',
        level: '2',
        name: 'PQF level 2',
        url: 'https://registry.example/frameworks/PQF',
        citation: 'Record of this qualification, 24 November 2026, from public sources (https://pqf.gov.ph/).',
      },
    ],
    occupation: {
      code: '7112',
      title: 'Bricklayers and related workers',
      url: 'http://data.europa.eu/esco/isco/C7112',
    },
    fieldOfEducation: {
      code: '0732',
      title: 'Building and civil engineering',
      url: 'http://data.europa.eu/snb/isced-f/0732',
    },
    units: unitTitles.map((title, at) => ({ code: `CON71230${at + 1}`, title })),
    assessedOn: '2026-02-10',
    awardedOn: '2026-02-20',
    route: 'Recognition of prior learning',
    method: 'Practical demonstration and oral questioning',
    centre: { id: 'https://registry.example/centres/7', name: 'Example Assessment Center, Taguig' },
    signatory: { name: 'DEMO OFFICER', position: 'Provincial Director (demonstration)' },
    validFrom: CREATED,
    validUntil: '2099-03-01T23:59:59Z',
    status: (['revocation', 'suspension'] as const).map((purpose) => ({
      purpose,
      list: `https://registry.example/status-lists/demo-board.1.${purpose}`,
      index: 94_000 + n,
    })),
    schema: 'https://registry.example/schemas/certificate-2',
  }
}

/** Builds, canonicalizes, signs with a key in memory, and encodes: everything in issuing except the records. */
export function seal(content: Certificate, privateKey: KeyObject): string {
  const prepared = prepareCredential(content, { created: CREATED, verificationMethod: METHOD })
  return sealCredential(prepared, sign(null, prepared.bytes, privateKey))
}

export const texts = (keys: Keys): string[] =>
  Array.from({ length: TEXTS }, (_, n) => seal(certificate(n), keys.privateKey))
