import { isObjectOrList } from '@sijil/credentials'
import { type Fault, RegistryError } from '../errors.ts'

type Row = Readonly<Record<string, unknown>>
const at = (value: unknown, name: string): unknown => (isObjectOrList(value) ? value[name] : undefined)

// biome-ignore format: it reads as a table
/** For each pointer into the input, the pointer into the document. Items of a list are found by the member that distinguishes them. */
const places: readonly [input: string, document: string | ((credential: Row) => string)][] = [
  ['/holder/name',        (credential) => `${itemOf(credential, 'identifier', 'name')}/identityHash`],
  ['/holder/nativeName',  (credential) => `${itemOf(credential, 'identifier', 'ext:nativeName')}/identityHash`],
  ['/holder/birthDate',   (credential) => `${itemOf(credential, 'identifier', 'ext:birthDate')}/identityHash`],
  ['/registerNumber',     (credential) => `${itemOf(credential, 'identifier', 'ext:registerNumber')}/identityHash`],
  ['/certificateNumber',  '/credentialSubject/licenseNumber'],
  ['/qualification',      '/credentialSubject/achievement/id'],
  ['/limits',             '/credentialSubject/achievement/specialization'],
  ['/language',           '/credentialSubject/achievement/inLanguage'],
  ['/units',              '/credentialSubject/achievement/resultDescription'],
  ['/assessedOn',         '/credentialSubject/activityEndDate'],
  ['/awardedOn',          '/awardedDate'],
  ['/validUntil',         '/validUntil'],
  ['/centre/id',          '/credentialSubject/source/id'],
  ['/otherRoute',         (credential) => `${itemOf(credential, 'evidence', 'Assessment')}/name`],
  ['/otherMethod',        (credential) => `${itemOf(credential, 'evidence', 'Assessment')}/narrative`],
  ['/assessor',           (credential) => `${itemOf(credential, 'evidence', 'Assessor')}/name`],
  ['/signatory/name',     (credential) => `${itemOf(credential, 'evidence', 'Signatory')}/name`],
  ['/signatory/position', (credential) => `${itemOf(credential, 'evidence', 'Signatory')}/narrative`],
]

const lists = {
  identifier: { path: '/credentialSubject/identifier', given: 'identityType' },
  evidence: { path: '/evidence', given: 'genre' },
} as const

function itemOf(credential: Row, list: keyof typeof lists, name: string): string {
  const { path, given } = lists[list]
  const items = list === 'identifier' ? at(credential.credentialSubject, list) : credential[list]
  const index = Array.isArray(items) ? items.findIndex((item) => at(item, given) === name) : -1
  return index < 0 ? path : `${path}/${index}`
}

/** Moves the pointer of a fault from the input to the document that the caller sent. */
function inDocument({ pointer, detail }: Fault, credential: Row): Fault {
  const found = places.find(([input]) => pointer === input || pointer.startsWith(`${input}/`))
  if (found === undefined) return { pointer: '/credential', detail }
  const [input, place] = found
  const rest = pointer.slice(input.length)
  return { pointer: `/credential${typeof place === 'string' ? place : place(credential)}${rest}`, detail }
}

/** Turns faults of the input that was read from a document into faults of the document. */
export async function pointingInto<T>(credential: Row, issue: () => Promise<T>): Promise<T> {
  try {
    return await issue()
  } catch (error) {
    if (!(error instanceof RegistryError) || error.faults.length === 0) throw error
    const faults = error.faults.map((fault) => inDocument(fault, credential))
    throw new RegistryError(error.code, error.message, { cause: error, faults })
  }
}
