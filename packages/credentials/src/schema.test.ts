import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { formOf, forms } from './certificate-form.ts'
import { toOpenBadge } from './open-badge.ts'
import { parseProfile } from './profile.ts'
import { aCertificate, anyCertificate, schemaUrl } from './sample-certificate.ts'
import { sealed } from './sample-keys.ts'
import { certificateSchemas } from './schema.ts'

type Row = Record<string, unknown>
interface Schema {
  [keyword: string]: unknown
  properties?: Record<string, Schema>
}

/** The keywords that the schemas use, with the same meaning in 2019-09 and 2020-12. Any other keyword is an error, so that none is ignored. */
function conforms(value: unknown, schema: Schema): boolean {
  return Object.entries(schema).every(([keyword, rule]) => {
    switch (keyword) {
      case '$schema':
      case 'title':
        return true
      case 'const':
        return JSON.stringify(value) === JSON.stringify(rule)
      case 'enum':
        return (rule as unknown[]).includes(value)
      case 'type':
        return rule === 'array'
          ? Array.isArray(value)
          : typeof value === rule && value !== null && !Array.isArray(value)
      case 'pattern':
        return typeof value !== 'string' || new RegExp(rule as string, 'u').test(value)
      case 'minLength':
        return typeof value !== 'string' || value.length >= (rule as number)
      case 'maxLength':
        return typeof value !== 'string' || value.length <= (rule as number)
      case 'minItems':
        return !Array.isArray(value) || value.length >= (rule as number)
      case 'maxItems':
        return !Array.isArray(value) || value.length <= (rule as number)
      case 'items':
        return !Array.isArray(value) || value.every((item) => conforms(item, rule as Schema))
      case 'anyOf':
        return (rule as Schema[]).some((one) => conforms(value, one))
      case 'required':
        return (
          typeof value !== 'object' || value === null || (rule as string[]).every((name) => Object.hasOwn(value, name))
        )
      case 'properties':
        return members(value).every(([name, member]) => {
          const one = (rule as Record<string, Schema>)[name]
          return one === undefined || conforms(member, one)
        })
      case 'additionalProperties':
        return members(value).every(([name]) => Object.hasOwn(schema.properties ?? {}, name))
      default:
        throw new Error(`unread keyword ${keyword}`)
    }
  })
}
const members = (value: unknown) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : []

const texts = { 1: sealed(aCertificate({ schema: schemaUrl(1) })), 2: sealed(aCertificate()) }

function isAccepted(document: unknown): boolean {
  try {
    parseProfile(document)
    return true
  } catch {
    return false
  }
}

test('every certificate conforms to the schema of its form', () => {
  fc.assert(
    fc.property(anyCertificate, (certificate) =>
      conforms(JSON.parse(JSON.stringify(toOpenBadge(certificate))), certificateSchemas[formOf(certificate.schema)]),
    ),
  )
})

test('a certificate of one form does not conform to the schema of the other', () => {
  for (const form of forms)
    for (const other of forms)
      expect(conforms(JSON.parse(texts[form]), certificateSchemas[other]), `${form} ${other}`).toBe(form === other)
})

test.each(forms)('form %i: the schema and the validator agree about every place of a certificate', (form) => {
  let agreed = 0
  // Only the validator checks these: ids that must be equal, real days, the order of a list.
  const visit = (at: Row, document: Row) => {
    for (const name of Object.keys(at)) {
      const before = at[name]
      const list = Array.isArray(at)
      for (const value of [undefined, null, 5, true, '', [], {}, [before], { '@value': before }]) {
        if (value === undefined && !list) delete at[name]
        else at[name] = value as unknown
        const judged = JSON.parse(JSON.stringify(document))
        const conforming = conforms(judged, certificateSchemas[form])
        const accepted = isAccepted(judged)
        if (conforming && !accepted) expect(value === undefined, `${name} ${JSON.stringify(value)}`).toBe(true)
        expect(accepted && !conforming, `${name} ${JSON.stringify(value)}`).toBe(false)
        agreed++
        at[name] = before
      }
      if (typeof before === 'object' && before !== null) visit(before as Row, document)
    }
  }
  const document = JSON.parse(texts[form])
  visit(document, document)
  expect(agreed).toBeGreaterThan(2000)
})

test('every object in the schema is closed', () => {
  const open: string[] = []
  const visit = (schema: unknown, path: string) => {
    if (typeof schema !== 'object' || schema === null) return
    if ((schema as Row).type === 'object' && (schema as Row).additionalProperties !== false) open.push(path)
    for (const [name, inner] of Object.entries(schema)) visit(inner, `${path}/${name}`)
  }
  for (const form of forms) visit(certificateSchemas[form], `form ${form}`)
  expect(open).toEqual([])
})
