import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromOpenBadge } from './from-open-badge.ts'
import { toOpenBadge } from './open-badge.ts'
import { parseUnsecured } from './profile.ts'
import { aCertificate, anyCertificate, anyOwnAssessment } from './sample-certificate.ts'

test('an Open Badge keeps everything that a certificate says', () => {
  fc.assert(
    fc.property(fc.oneof(anyCertificate, anyOwnAssessment), (certificate) => {
      const document = JSON.parse(JSON.stringify(toOpenBadge(certificate)))
      expect(fromOpenBadge(parseUnsecured(document))).toEqual(certificate)
    }),
  )
})

test('a certificate with every member is the same after both conversions', () => {
  const certificate = aCertificate()
  const whole = { id: 'https://registry.example/qualifications/whole', title: 'Whole' }
  certificate.qualification.partOf = whole
  certificate.qualification.limits = 'Brick only'
  expect(fromOpenBadge(toOpenBadge(certificate))).toEqual(certificate)
})

test('if the issuer assesses by itself, the centre is a reference and not a second description', () => {
  const certificate = aCertificate()
  const { issuer } = certificate
  const document = toOpenBadge(aCertificate({ centre: { id: issuer.id, name: issuer.name } }))
  expect(document.credentialSubject.source).toEqual({ id: issuer.id, type: ['Profile'] })
})

test('types unknown to Open Badges have its prefix `ext:`', () => {
  const { achievement, identifier } = toOpenBadge(aCertificate()).credentialSubject
  expect(achievement.alignment?.map((entry) => entry.targetType)).toEqual([
    'ext:NationalLevel',
    'ext:AQRFLevel',
    'ext:Occupation',
    'ext:FieldOfEducation',
  ])
  expect(identifier.map((entry) => entry.identityType)).toEqual([
    'name',
    'ext:nativeName',
    'ext:birthDate',
    'ext:registerNumber',
  ])
})
