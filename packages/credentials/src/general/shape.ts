import { DocumentFault } from '../read-json.ts'
import { CREDENTIALS_V1 } from './contexts.ts'
import { readDateTimeStamp } from './date-time-stamp.ts'
import { isAbsoluteIri } from './iri.ts'
import { each, isObject, type JsonObject, malformed, type Path } from './json.ts'
import { requireRelatedResources } from './related-resource.ts'

/** Members whose values need a type. `credentialSchema` needs an id as well (VCDM 2.0 §4.10 to §5.6). */
const typed = [
  'credentialStatus',
  'credentialSchema',
  'refreshService',
  'termsOfUse',
  'evidence',
  'renderMethod',
  'confidenceMethod',
]

/** Checks the form of a credential as JSON, before JSON-LD: VCDM 2.0 §4, or VCDM 1.1 if that is its base context. */
export function requireCredentialShape(credential: JsonObject): void {
  requireTypes(credential, 'VerifiableCredential')
  requireId(credential, [])
  requireIssuer(credential.issuer)
  requireSubjects(credential.credentialSubject)
  for (const name of typed) requireTyped(credential, name)
  requireRelatedResources(credential.relatedResource)
  const isFirstVersion = Array.isArray(credential['@context']) && credential['@context'][0] === CREDENTIALS_V1
  if (!isFirstVersion) {
    requireTexts(credential, [])
    if (isObject(credential.issuer)) requireTexts(credential.issuer, ['issuer'])
  }
  requirePeriod(credential, 'validFrom', 'validUntil')
  requirePeriod(credential, 'issuanceDate', 'expirationDate')
  if (isFirstVersion && credential.issuanceDate === undefined) throw malformed(['issuanceDate'], 'is missing')
}

const enveloped = new Set(['EnvelopedVerifiableCredential', 'EnvelopedVerifiablePresentation'])

export function requireTypes(document: JsonObject, required: string): void {
  const { type } = document
  for (const name of Object.keys(document)) {
    if (name.startsWith('@') && name !== '@context') throw malformed([name], 'a keyword where the term is due')
  }
  if (!Array.isArray(type) || !type.every((item) => typeof item === 'string' && item !== '')) {
    throw malformed(['type'], 'not an array of names')
  }
  if (type.some((item) => enveloped.has(item))) {
    throw new DocumentFault('suite-not-allowed', '/type', 'enveloped documents are not read here')
  }
  if (!type.includes(required)) throw malformed(['type'], `does not include ${required}`)
}

export function requireId(node: JsonObject, path: Path): void {
  if ('id' in node && !isAbsoluteIri(node.id)) throw malformed([...path, 'id'], 'not a URL')
}

/** The id of `issuer` or `holder`: a URL, or an object with a URL as its `id`. Throws `DocumentFault`. */
export function idOf(value: unknown, path: Path): string {
  const id = isObject(value) ? value.id : value
  if (!isAbsoluteIri(id)) throw malformed(isObject(value) ? [...path, 'id'] : path, 'not a URL')
  return id
}

function requireIssuer(issuer: unknown): void {
  idOf(issuer, ['issuer'])
}

function requireSubjects(value: unknown): void {
  const path = ['credentialSubject']
  if (Array.isArray(value) && value.length === 0) throw malformed(path, 'there is no subject')
  each(value, path, (subject, at) => {
    if (Object.keys(subject).length === 0) throw malformed(at, 'nothing is claimed of a subject')
    requireId(subject, at)
  })
}

function requireTyped(credential: JsonObject, name: string): void {
  if (!(name in credential)) return
  each(credential[name], [name], (node, at) => {
    const { type } = node
    const isNamed = (item: unknown) => typeof item === 'string' && item !== ''
    if (!(Array.isArray(type) ? type.length > 0 && type.every(isNamed) : isNamed(type))) {
      throw malformed([...at, 'type'], 'is missing, or no name')
    }
    if (name === 'credentialSchema' && !('id' in node)) throw malformed([...at, 'id'], 'is missing')
    requireId(node, at)
  })
}

const ofText = new Set(['@value', '@language', '@direction'])

/** `name` and `description` are a string, a language value object, or an array of these objects (VCDM 2.0 §11.1). */
function requireTexts(node: JsonObject, path: Path): void {
  for (const name of ['name', 'description']) {
    const value = node[name]
    if (value === undefined || typeof value === 'string') continue
    each(value, [...path, name], (text, at) => {
      if (typeof text['@value'] !== 'string' || Object.keys(text).some((member) => !ofText.has(member))) {
        throw malformed(at, 'not a text with a language')
      }
    })
  }
}

function requirePeriod(credential: JsonObject, start: string, end: string): void {
  const [from, until] = [start, end].map((name) => {
    if (!(name in credential)) return undefined
    const moment = readDateTimeStamp(credential[name])
    if (moment === undefined) throw malformed([name], 'not a dateTimeStamp')
    return moment
  })
  if (from !== undefined && until !== undefined && until < from) throw malformed([end], `before ${start}`)
}
