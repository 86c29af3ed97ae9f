import { expect, test } from 'vitest'
import { returnPath } from './return-path.ts'

test.each([
  '/desk',
  '/desk/authorities/demo-th-onec',
  '/desk/issuers/demo-th-dsd/proposals/5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11?lang=th',
  '/desk/authorities/demo-th-onec?lang=th',
  '/desk/authorities/demo-th-onec/proposals/5a1f0c7e-3a52-4d0e-9b1b-2f1f6f0f9a11',
  '/desk/authorities/demo-th-onec/accreditations/demo-th-dsd.main?lang=en',
])('a person returns to %s', (path) => {
  expect(returnPath(path)).toBe(path)
})

test.each([
  undefined,
  '',
  'https://evil.example/desk',
  '//evil.example/desk',
  '/\\evil.example',
  '/desk//evil.example',
  '/desk/\\evil.example',
  '/desk/../v/secret',
  '/desk/%2e%2e/v/x',
  '/desk/.hidden',
  '/deskevil',
  '/desk@evil.example',
  '/desk?next=https://evil.example',
  '/desk?lang=th&x=1',
  '/desk#//evil.example',
  '/desk/sign-out',
  '/desk/sign-in',
  '/desk/sign-in/start?lang=th',
  '/desk/callback',
  'javascript:alert(1)',
  '/desk\n/evil',
  '/desk/x\r\nset-cookie: a=b',
  `/desk/${'a'.repeat(300)}`,
  '/v/4KX79QMB2TZ08WNRC5VHGJ1DSA',
])('a person returns to the first page of the desk in place of %j', (asked) => {
  expect(returnPath(asked)).toBe('/desk')
})
