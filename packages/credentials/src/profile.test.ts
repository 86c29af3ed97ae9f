import { describe, expect, test } from 'vitest'
import { type Form, forms } from './certificate-form.ts'
import { fromOpenBadge } from './from-open-badge.ts'
import { parseProfile } from './profile.ts'
import { certificateShapes } from './profile-shape.ts'
import { DocumentFault, readJson } from './read-json.ts'
import { aCertificate, schemaUrl } from './sample-certificate.ts'
import { publicKey, sealed } from './sample-keys.ts'
import type { Shape } from './shape-words.ts'
import { verifyProof } from './verify-proof.ts'

// biome-ignore lint/suspicious/noExplicitAny: a test breaks a document at any place
type Row = Record<string, any>

const texts = { 1: sealed(aCertificate({ schema: schemaUrl(1) })), 2: sealed(aCertificate()) }
const good = (form: Form = 2): Row => JSON.parse(texts[form])

function faultOf(document: unknown): string {
  try {
    parseProfile(document)
  } catch (error) {
    if (error instanceof DocumentFault) return `${error.code} ${error.pointer}`
    throw error
  }
  return 'accepted'
}

function rename(row: Row, from: string, to: string): void {
  row[to] = row[from]
  delete row[from]
}
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const V2 = 'https://www.w3.org/ns/credentials/v2'

test.each(forms)('a sealed certificate of form %i is of the profile', (form) => {
  expect(faultOf(good(form))).toBe('accepted')
})

/** The members that the two forms write differently, as the other form writes them. */
const asInOtherForm: Record<Form, (document: Row) => Row> = {
  1: (document) => {
    document.credentialSubject.activityEndDate += 'T00:00:00Z'
    for (const entry of document.evidence) entry.type = 'Evidence'
    return document
  },
  2: (document) => {
    document.credentialSubject.activityEndDate = document.credentialSubject.activityEndDate.slice(0, 10)
    for (const entry of document.evidence) entry.type = ['Evidence']
    return document
  },
}

describe('each form is accepted only under its own id', () => {
  const under = (id: string, document: Row): Row => ({
    ...document,
    credentialSchema: [{ ...document.credentialSchema[0], id }],
  })
  const other = { 1: 2, 2: 1 } as const

  test.each(forms)('form %i under the id of the other is refused', (form) => {
    expect(faultOf(under(schemaUrl(other[form]), good(form)))).toBe(
      'malformed-value /credentialSubject/activityEndDate',
    )
  })

  test.each(forms)('form %i written as the other is refused, and accepted under the other id', (form) => {
    const written = asInOtherForm[form](good(form))
    expect(faultOf(written)).toBe('malformed-value /credentialSubject/activityEndDate')
    expect(faultOf(under(schemaUrl(other[form]), written))).toBe('accepted')
  })

  test.each(forms)('the id of form %i is signed: exchanged, the document is another', (form) => {
    const parsed = parseProfile(under(schemaUrl(other[form]), asInOtherForm[form](good(form))))
    expect(verifyProof(parsed, publicKey)).toBe(false)
  })

  // biome-ignore format: it reads as a table
  test.each([
    'https://registry.example/schemas/certificate-1', 'https://registry.example/schemas/certificate-3', 'https://registry.example/schemas/certificate-2/',
    'https://registry.example/schemas/certificate-2?v=1', 'https://registry.example/schemas/certificate?v=1', 'https://registry.example/', 'urn:uuid:3f2b8f8a-6f1e-4d8e-9d1a-0e6a0b1c2d10',
  ])('an id of neither is refused: %s', (id) => {
    expect(faultOf(under(id, good(2)))).toBe('malformed-value /credentialSchema/0/id')
    expect(faultOf(under(id, asInOtherForm[1](good(1))))).toBe('malformed-value /credentialSchema/0/id')
    expect(faultOf(under(id, good(1)))).toBe('malformed-value /credentialSubject/activityEndDate')
  })
})

test('the second form may omit an unknown edition, and the criteria say so', () => {
  const { edition: _, ...qualification } = aCertificate().qualification
  const document: Row = JSON.parse(sealed(aCertificate({ qualification })))
  const { achievement } = document.credentialSubject
  expect(achievement).not.toHaveProperty('version')
  expect(achievement.criteria.narrative).toBe(
    'Assessed against the qualification. Its edition is not known. Limits of scope: none.',
  )
  expect(faultOf(document)).toBe('accepted')
  const disagreeing = 'malformed-value /credentialSubject/achievement/criteria/narrative'
  achievement.version = '2018'
  expect(faultOf(document)).toBe(disagreeing)
  const stated = good()
  delete stated.credentialSubject.achievement.version
  expect(faultOf(stated)).toBe(disagreeing)
  expect(() => sealed(aCertificate({ qualification, schema: schemaUrl(1) }))).toThrow(DocumentFault)
  const first = good(1)
  delete first.credentialSubject.achievement.version
  expect(faultOf(first)).toBe('malformed-value /credentialSubject/achievement/version')
})

// biome-ignore format: it reads as a table
const refusals: [string, (document: Row) => void, string][] = [
  ['V001 status under its absolute IRI', (d) => rename(d, 'credentialStatus', 'https://www.w3.org/2018/credentials#credentialStatus'), 'malformed-value /https:~1~1www.w3.org~12018~1credentials#credentialStatus'],
  ['V003 an alias by an inline context', (d) => { d['@context'].push({ cs2: 'urn:x:1' }); rename(d, 'credentialStatus', 'cs2') }, 'context-not-allowed /@context'],
  ['V006 one more context', (d) => d['@context'].push('https://evil.example/ctx'), 'context-not-allowed /@context'],
  ['V008 a nested context', (d) => { d.credentialSubject['@context'] = { lv: 'urn:x:1' } }, 'context-not-allowed /credentialSubject/@context'],
  ['V010 a claim under its absolute IRI', (d) => rename(d.credentialSubject, 'licenseNumber', 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#licenseNumber'), 'malformed-value /credentialSubject/https:~1~1purl.imsglobal.org~1spec~1vc~1ob~1vocab.html#licenseNumber'],
  ['V011 a compact IRI', (d) => rename(d, 'credentialStatus', 'cred:credentialStatus'), 'malformed-value /cred:credentialStatus'],
  ['V013 an undefined term', (d) => { d.credentialSubject.honours = 'with Distinction' }, 'unknown-member /credentialSubject/honours'],
  ['V015 null', (d) => { d.validUntil = null }, 'malformed-value /validUntil'],
  ['V016 the subject in a list', (d) => { d.credentialSubject = [d.credentialSubject] }, 'malformed-value /credentialSubject'],
  ['V016 a text twice', (d) => { d.name = [d.name, d.name] }, 'malformed-value /name'],
  ['V020 v1 first', (d) => { d['@context'][0] = 'https://www.w3.org/2018/credentials/v1' }, 'context-not-allowed /@context'],
  ['V020 contexts swapped', (d) => { d['@context'] = [OB, V2] }, 'context-not-allowed /@context'],
  ['V020 no context', (d) => { delete d['@context'] }, 'context-not-allowed /@context'],
  ['V020 a string', (d) => { d['@context'] = V2 }, 'context-not-allowed /@context'],
  ['V020 an object', (d) => { d['@context'] = {} }, 'context-not-allowed /@context'],
  ['V031 no proof', (d) => { delete d.proof }, 'proof-missing /proof'],
  ['V033 two proofs', (d) => { d.proof = [d.proof, { ...d.proof, proofValue: 'z1' }] }, 'proof-malformed /proof'],
  ['V036 another purpose', (d) => { d.proof.proofPurpose = 'authentication' }, 'proof-malformed /proof/proofPurpose'],
  ['V043 another suite', (d) => { d.proof.cryptosuite = 'ecdsa-jcs-2019' }, 'suite-not-allowed /proof/cryptosuite'],
  ['V048 empty', (d) => { d.proof.proofValue = '' }, 'proof-malformed /proof/proofValue'],
  ['V048 z alone', (d) => { d.proof.proofValue = 'z' }, 'proof-malformed /proof/proofValue'],
  ['V048 another multibase', (d) => { d.proof.proofValue = `u${d.proof.proofValue.slice(1)}` }, 'proof-malformed /proof/proofValue'],
  ['V048 a digit that is none', (d) => { d.proof.proofValue = `z0${d.proof.proofValue.slice(2)}` }, 'proof-malformed /proof/proofValue'],
  ['V048 63 bytes', (d) => { d.proof.proofValue = d.proof.proofValue.slice(0, -2) }, 'proof-malformed /proof/proofValue'],
  ['V048 65 bytes', (d) => { d.proof.proofValue = `z1${d.proof.proofValue.slice(1)}` }, 'proof-malformed /proof/proofValue'],
  ['V048 1 MB', (d) => { d.proof.proofValue = `z${'2'.repeat(1_000_000)}` }, 'proof-malformed /proof/proofValue'],
  ['V049 a previous proof', (d) => { d.proof.previousProof = 'urn:uuid:none' }, 'proof-malformed /proof'],
  ['V076 index out of range', (d) => { d.credentialStatus[0].statusListIndex = '131072' }, 'status-index-out-of-range /credentialStatus/0/statusListIndex'],
  ['an index that is not canonical', (d) => { d.credentialStatus[0].statusListIndex = '094567' }, 'malformed-value /credentialStatus/0/statusListIndex'],
  ['V084 a status list', (d) => { d.type = ['VerifiableCredential', 'BitstringStatusListCredential'] }, 'not-a-certificate /type'],
  ['V089 the entry of another index', (d) => { d.credentialStatus[0].id += '1' }, 'status-mismatch /credentialStatus/0/id'],
  ['V086 one status entry', (d) => { d.credentialStatus.pop() }, 'malformed-value /credentialStatus'],
  ['status entries exchanged', (d) => { d.credentialStatus.reverse() }, 'malformed-value /credentialStatus/0'],
  ['one list for both purposes', (d) => { d.credentialStatus[1] = { ...d.credentialStatus[0], statusPurpose: 'suspension' } }, 'status-mismatch /credentialStatus/1/statusListCredential'],
  ['V114 ends before it begins', (d) => { d.validUntil = '2026-03-01T23:59:59Z' }, 'malformed-value /validUntil'],
  ['an empty list', (d) => { d.evidence = [] }, 'malformed-value /evidence'],
  ['a single value in place of a list', (d) => { d.evidence = d.evidence[0] }, 'malformed-value /evidence'],
  ['units in another order', (d) => { d.credentialSubject.achievement.resultDescription.reverse() }, 'malformed-value /credentialSubject/achievement/resultDescription/0/id'],
  ['a result left out', (d) => { d.credentialSubject.result.pop() }, 'malformed-value /credentialSubject/result'],
  ['77 units', (d) => { d.credentialSubject.achievement.resultDescription = Array.from({ length: 77 }, (_, n) => { const u = structuredClone(d.credentialSubject.achievement.resultDescription[0]); u.id = u.id.replace('-1', `-${n + 1}`); u.id = `${d.id}#unit-${n + 1}`; u.alignment[0].id = `${u.id}-code`; return u }) }, 'malformed-value /credentialSubject/achievement/resultDescription/76'],
  ['the issuer described a second time', (d) => { d.credentialSubject.achievement.creator = { ...d.issuer, name: 'Ministry' } }, 'unknown-member /credentialSubject/achievement/creator/name'],
  ['the issuer described as the centre', (d) => { d.credentialSubject.source.id = d.issuer.id }, 'malformed-value /credentialSubject/source'],
  ['a centre that is mentioned only', (d) => { delete d.credentialSubject.source.name }, 'malformed-value /credentialSubject/source'],
  ['another creator', (d) => { d.credentialSubject.achievement.creator.id = 'did:web:other.example' }, 'malformed-value /credentialSubject/achievement/creator/id'],
  ['two things with one id', (d) => { d.credentialSubject.source.id = d.issuer.parentOrg.id }, 'malformed-value '],
  ['another name on the front', (d) => { d.name = 'Masonry NC IV' }, 'malformed-value /name'],
  ['limits that the criteria deny', (d) => { d.credentialSubject.achievement.specialization = 'x' }, 'malformed-value /credentialSubject/achievement/criteria/narrative'],
  ['an id in upper case', (d) => { d.id = d.id.toUpperCase().replace('URN:UUID', 'urn:uuid') }, 'malformed-value /id'],
  ['no id', (d) => { delete d.credentialSubject.id }, 'malformed-value /credentialSubject/id'],
  ['half a surrogate pair', (d) => { d.credentialSubject.identifier[0].identityHash = 'a\ud800' }, 'malformed-value /credentialSubject/identifier/0/identityHash'],
  ['a text of 4,097 characters', (d) => { d.credentialSubject.licenseNumber = 'x'.repeat(4097) }, 'malformed-value /credentialSubject/licenseNumber'],
  ['a hashed name', (d) => { d.credentialSubject.identifier[0].hashed = true }, 'malformed-value /credentialSubject/identifier/0/hashed'],
  ['two names', (d) => { d.credentialSubject.identifier[1].identityType = 'name' }, 'malformed-value /credentialSubject/identifier/1'],
]
describe.each(forms)('form %i', (form) => {
  test.each(refusals)('refused: %s', (_, spoil, expected) => {
    const document = good(form)
    spoil(document)
    expect(faultOf(document)).toBe(expected)
  })
})

// biome-ignore format: it reads as a table
test.each([
  '2026-01-01', '2026-01-01T00:00:00', '2026-01-01T24:00:00Z', '2026-01-01T00:00:60Z', '+275761-01-01T00:00:00Z', '-0001-01-01T00:00:00Z', '2026-13-01T00:00:00Z',
  '9999-01-01T00:00:00Z', '1899-12-31T23:59:59Z', '2026-02-29T00:00:00Z', '2100-02-29T00:00:00Z', '2026-04-31T00:00:00Z', '2026-01-01T00:00:00.0Z', '2026-01-01t00:00:00z', '2026-01-01T00:00:00+00:00', ' 2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z\n',
])('V113 not an instant: %s', (validFrom) => {
  expect(faultOf({ ...good(), validFrom })).toBe('malformed-value /validFrom')
})

test.each(['2024-02-29T00:00:00Z', '2000-02-29T00:00:00Z', '1900-01-01T00:00:00Z'])('an instant: %s', (validFrom) => {
  expect(faultOf({ ...good(), validFrom })).toBe('accepted')
})

test('a value that is no object is refused', () => {
  for (const value of [null, undefined, true, 1, 'x', [], [good()], {}]) {
    expect(faultOf(value)).toMatch(/^(malformed-value|context-not-allowed) /)
  }
})

test('a fault never repeats a value of the document', () => {
  try {
    parseProfile({ ...good(), validFrom: 'Maria Santos' })
  } catch (error) {
    expect(String(error)).not.toContain('Maria')
  }
  expect.assertions(1)
})

/** A certificate with every member of the profile, and this number of units. */
function fullCertificate(units: number): Row {
  const { qualification, levels } = aCertificate()
  const changes = {
    qualification: {
      ...qualification,
      partOf: { id: 'https://registry.example/whole', title: 'All' },
      limits: 'Walls',
    },
    levels: [...levels, ...levels],
    units: Array.from({ length: units }, (_, at) => ({ code: `U${at}`, title: `Unit ${at}` })),
  }
  return JSON.parse(sealed(aCertificate(changes)))
}

function sizeOf(value: unknown): { objects: number; values: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { objects: 0, values: 1, depth: 0 }
  const size = { objects: Array.isArray(value) ? 0 : 1, values: 0, depth: 1 }
  for (const part of Object.values(value).map(sizeOf)) {
    size.objects += part.objects
    size.values += part.values
    size.depth = Math.max(size.depth, part.depth + 1)
  }
  return size
}

/** The maximum that the table of the profile allows, without the proof. */
function mostObjects({ members }: Shape): number {
  const below = Object.values(members).map((member) => {
    if (member.is === 'node') return mostObjects(member.shape)
    if (member.is !== 'nodes') return 0
    return member.slots.reduce((sum, { shape, max }) => sum + max * mostObjects(shape), 0)
  })
  return below.reduce((sum, count) => sum + count, 1)
}

test('the largest certificate has at most 256 objects, 8 levels and 2,048 values', () => {
  const document = fullCertificate(76)
  expect(faultOf(document)).toBe('accepted')
  const { objects, values, depth } = sizeOf(document)
  expect(objects).toBe(mostObjects(certificateShapes[2]) + 1)
  expect(objects).toBeLessThanOrEqual(256)
  expect(depth).toBeLessThanOrEqual(8)
  expect(values).toBeLessThanOrEqual(2048)
  // Three objects for each unit: one more unit would exceed the limit.
  expect(objects + 3).toBeGreaterThan(256)
  expect(() => fullCertificate(77)).toThrow(DocumentFault)
})

/** The path of every place in the document. */
function* places(value: unknown, path: (string | number)[] = []): Generator<(string | number)[]> {
  if (typeof value !== 'object' || value === null) return
  for (const name of Array.isArray(value) ? value.keys() : Object.keys(value)) {
    yield [...path, name]
    yield* places((value as Row)[name], [...path, name])
  }
}

const iriOf = (name: string) => `https://purl.imsglobal.org/spec/vc/ob/vocab.html#${name}`
// biome-ignore format: it reads as a table
const mutants: [string, (at: Row, name: string | number, document: Row) => void][] = [
  ['delete', (at, name) => { Array.isArray(at) ? at.splice(Number(name), 1) : delete at[name] }],
  ['null', (at, name) => { at[name] = null }],
  ['[v]', (at, name) => { at[name] = [at[name]] }],
  ['[v, v]', (at, name) => { at[name] = [at[name], at[name]] }],
  ['the item of a list', (at, name) => { at[name] = Array.isArray(at[name]) ? at[name][0] : {} }],
  ['an item twice', (at, name) => { at[name] = Array.isArray(at[name]) ? [...at[name], at[name][0]] : [[]] }],
  ['number', (at, name) => { at[name] = 5 }],
  ['true', (at, name) => { at[name] = true }],
  ['empty text', (at, name) => { at[name] = '' }],
  ['append space', (at, name) => { at[name] = `${at[name]} ` }],
  ['absolute IRI', (at, name) => { rename(at, String(name), iriOf(String(name))) }],
  ['alias context', (at, name, document) => { document['@context'] = [...document['@context'], { alias: iriOf(String(name)) }]; rename(at, String(name), 'alias') }],
  ['@value', (at, name) => { at[name] = { '@value': at[name] } }],
  ['@set', (at, name) => { at[name] = { '@set': [at[name]] } }],
  ['@id', (at, name) => { at[name] = { '@id': at[name] } }],
  ['@list', (at, name) => { at[name] = { '@list': [at[name]] } }],
  ['upper case', (at, name) => { rename(at, String(name), String(name).toUpperCase()) }],
  ['@ keyword', (at, name) => { rename(at, String(name), `@${name}`) }],
  ['null beside', (at, name) => { at[`${name}x`] = null }],
  ['empty list beside', (at) => { at.image = [] }],
  ['reversed', (at, name) => { at[name] = Array.isArray(at[name]) && at[name].length > 1 ? at[name].reverse() : [] }],
  ['the value of its neighbour', (at, name) => { const other = Object.keys(at).find((key) => key !== String(name)); [at[name], at[other ?? '']] = [at[other ?? ''], at[name]] }],
]

test.each(forms)('V018 (I3): no structural mutant of form %i is accepted with another meaning', (form) => {
  const text = texts[form]
  const meaning = JSON.stringify(fromOpenBadge(parseProfile(readJson(text))))
  const accepted: string[] = []
  let count = 0
  for (const path of places(good(form))) {
    for (const [kind, change] of mutants) {
      const document = good(form)
      const at = path.slice(0, -1).reduce((row, name) => row[name], document)
      change(at, path.at(-1) ?? '', document)
      // Skip values that JSON cannot express.
      const sent = JSON.stringify(document)
      if (sent === text) continue
      count++
      try {
        const parsed = parseProfile(readJson(sent))
        if (verifyProof(parsed, publicKey))
          accepted.push(`${kind} ${path.join('/')} ${JSON.stringify(fromOpenBadge(parsed)) === meaning}`)
      } catch (error) {
        if (!(error instanceof DocumentFault)) throw error
      }
    }
  }
  expect(count).toBeGreaterThan(4000)
  expect(accepted).toEqual([])
})
