import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  type Certificate,
  encodeMultikey,
  multikeyFromSpki,
  prepareCredential,
  sealCredential,
} from '@sijil/credentials'

/** As many different texts, so that nobody gains by remembering the last one. */
export const TEXTS = 32

export const DID = 'did:web:registry.example:issuers:demo-board'
export const METHOD = `${DID}#certificates-1`
const CREATED = '2026-03-02T00:00:00Z'

/** A key pair in memory, in the forms that the subjects take. */
export interface Keys {
  privateKey: KeyObject
  publicKey: KeyObject
  publicKeyMultibase: string
  /** With the private half, for `@digitalbazaar/ed25519-multikey`. */
  secretKeyMultibase: string
}

export function makeKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const publicKeyMultibase = multikeyFromSpki(publicKey.export({ type: 'spki', format: 'der' }))
  return { privateKey, publicKey, publicKeyMultibase, secretKeyMultibase: '' }
}

/** A certificate of the profile with eight units and every part that one may have. */
export function certificate(n: number): Certificate {
  const digits = String(n).padStart(4, '0')
  const level = (framework: string, kind: 'national' | 'aqrf') => ({
    kind,
    framework,
    level: '2',
    name: `${framework} level 2`,
    url: `https://registry.example/frameworks/${framework.toLowerCase()}`,
    citation: 'AQRF Referencing Report of the Philippines, version 1, 2019-05-22',
  })
  return {
    id: `urn:uuid:3f2b8f8a-6f1e-4d8e-9d1a-0e6a0b1c${digits}`,
    issuer: {
      id: DID,
      name: 'Philippine Trade Skills Board (demonstration)',
      url: 'https://registry.example/issuers/demo-board',
    },
    holder: {
      id: `urn:uuid:11111111-1111-4111-8111-11111111${digits}`,
      name: `Maria Santos Example ${digits}`,
      birthDate: '1990-02-28',
      registerNumber: `ULI-${digits}`,
    },
    certificateNumber: `NC2-2026-${digits}`,
    qualification: {
      id: 'https://registry.example/qualifications/ph-masonry-nc2',
      kind: 'Certificate',
      title: 'Masonry NC II',
      language: 'en',
      localTitle: { text: 'Pagmamason NC II', language: 'fil' },
      description: 'Lays brick and block for structures, plasters walls, and installs pre-cast elements.',
      code: 'CON-MSN-NC2',
      edition: '2018',
      field: 'Building and civil engineering',
    },
    levels: [level('PQF', 'national'), level('AQRF', 'aqrf')],
    occupation: { code: '7112', title: 'Bricklayers and related workers', url: 'https://isco.example/7112' },
    fieldOfEducation: { code: '0732', title: 'Building and civil engineering', url: 'https://isced.example/0732' },
    units: Array.from({ length: 8 }, (_, at) => ({
      code: `CON71230${at + 1}`,
      title: `Perform work of unit ${at + 1} according to plans and specifications`,
    })),
    assessedOn: '2026-02-10',
    awardedOn: '2026-02-20',
    route: 'Prior experience',
    method: 'Practical demonstration and oral questioning',
    assessor: `A-${digits}`,
    centre: { id: 'https://registry.example/centres/7', name: 'Example Assessment Center, Taguig' },
    signatory: { name: 'DEMO OFFICER', position: 'Provincial Director (demonstration)' },
    validFrom: CREATED,
    validUntil: '2099-03-01T23:59:59Z',
    status: (['revocation', 'suspension'] as const).map((purpose) => ({
      purpose,
      list: `https://registry.example/status-lists/demo-board.1.${purpose}`,
      index: 94_000 + n,
    })),
    schema: 'https://registry.example/schemas/certificate-1',
  }
}

/** Build, canonical form, signature with a key at hand, encoding: all of issuing that is not keeping records. */
export function seal(content: Certificate, privateKey: KeyObject): string {
  const prepared = prepareCredential(content, { created: CREATED, verificationMethod: METHOD })
  return sealCredential(prepared, sign(null, prepared.bytes, privateKey))
}

export const texts = (keys: Keys): string[] =>
  Array.from({ length: TEXTS }, (_, n) => seal(certificate(n), keys.privateKey))
