import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { givenUuid } from './uuid.ts'

const uuid = randomUUID()
const found = (text: string) => givenUuid.exec(text)?.[1]

test('a UUID is found with and without urn:uuid:', () => {
  expect([found(uuid), found(`urn:uuid:${uuid}`)]).toEqual([uuid, uuid])
})

test.each([
  '',
  uuid.slice(1),
  `${uuid}0`,
  ` ${uuid}`,
  `${uuid}\n`,
  `URN:UUID:${uuid}`,
  `urn:uuid:urn:uuid:${uuid}`,
  uuid.replaceAll('-', ''),
  uuid.replace(/^./, 'g'),
  `{${uuid}}`,
  '0B6CDE2E-3F0A-4A5C-9A57-1C9D54D6A1F7',
])('%j is no UUID', (text) => {
  expect(found(text)).toBeUndefined()
})
