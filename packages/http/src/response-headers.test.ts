import { expect, test } from 'vitest'
import { responseHeaders } from './response-headers.ts'

const page = { statusCode: 200, headers: { 'content-type': 'text/html' }, body: '', isBase64Encoded: false }
const policyOf = (path: `/${string}`, formTarget?: string) => {
  const row = {
    method: 'GET',
    path,
    function: 'x',
    scope: 'session',
    readers: 'people',
    caching: 'never',
    summary: '',
  } as const
  const about = { row, baseUrl: 'https://registry.example', requestId: 'one', clientRequestId: undefined }
  return responseHeaders(page as never, { ...about, ...(formTarget && { formTarget }) })['content-security-policy']
}

test('I42: only pages of the desk may send a form to the store of files, and everything else of their policy stays', () => {
  const target = 'https://uploads.s3.ap-southeast-1.amazonaws.com'
  const usual = policyOf('/desk/issuers/{issuer}/batches')
  expect(usual).toContain("form-action 'self';")
  expect(policyOf('/desk/issuers/{issuer}/batches', target)).toBe(
    usual?.replace("form-action 'self';", `form-action 'self' ${target};`),
  )
  expect(policyOf('/v/{token}', target)).toBe(policyOf('/v/{token}'))
})
