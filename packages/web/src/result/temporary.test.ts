import { expect, test } from 'vitest'
import { resultPage } from '../result-page.ts'
import { textOf } from '../test-text.ts'
import { aCertificate, aContext, aResult, aVerification } from '../test-values.ts'

const { qualification } = aCertificate()
const pageOf = (limits: string, person: 'hidden' | 'shown' = 'shown') => {
  const certificate = aCertificate({ qualification: { ...qualification, limits } })
  const verification = aVerification({ certificate })
  const page = resultPage(aResult({ verification, person, kind: 'temporary-licence' }), aContext())
  return textOf(page.replaceAll('</dt>', ': ')).replace(/\s+/g, ' ')
}

test('R-042: a temporary licence says with the name for what, where and under which supervisor, each by itself, and without the name nothing of it', () => {
  const terms =
    'Purpose: expert-visit; Scope: Dentistry; with adults; Place: Harbour Clinic; Supervisor: Dr Ana Example'
  const page = pageOf(terms)
  for (const words of [
    'Purpose of the temporary licence: Visit of an expert',
    'Scope: Dentistry; with adults',
    'Place: Harbour Clinic',
    'Supervisor: Dr Ana Example',
  ])
    expect(page).toContain(words)
  expect(pageOf(terms.replace('Dr Ana Example', 'none'))).toContain('Supervisor: Nobody is named')
  expect(pageOf(terms, 'hidden')).not.toMatch(/Harbour|Ana Example|Dentistry;/)
})

test('limits of another form stand as they were signed', () => {
  expect(pageOf('Purpose: work; with adults only')).toContain('Limits of scope: Purpose: work; with adults only')
})
