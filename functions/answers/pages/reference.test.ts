import { RegistryError } from '@sijil/registry'
import { catalogueOf, listCatalogue } from '@sijil/registry/catalogue'
import { trustOf } from '@sijil/registry/trust'
import { expect, test } from 'vitest'
import { MemoryStore } from '../../../test/support/memory-store.ts'
import type { PageParts } from './parts.ts'
import { referenceAnswers } from './reference.ts'

const store = new MemoryStore()
const answers = referenceAnswers({
  baseUrl: 'https://sijil.example',
  policy: { demonstration: true },
  reader: store,
  trust: trustOf(store),
  catalogue: catalogueOf(store),
  qualifications: () => listCatalogue(store),
  clock: () => new Date('2026-12-01T12:00:00Z'),
} as Partial<PageParts> as PageParts)
async function ask(units: string | undefined, wants: 'json' | 'html' = 'json', language = 'en') {
  const asked = { params: { id: 'ph-masonry-nc2' }, query: units === undefined ? {} : { units }, wants, language }
  const { body } = await answers['GET /qualifications/{id}'].answer(asked as never)
  return body as Record<string, unknown> & string
}
const codes = async () => ((await ask(undefined)).units as { code: string }[]).map(({ code }) => code)

test('the page to which the certificate of a part points names the part, and says that it has no level', async () => {
  const [first = '', second = '', ...others] = await codes()
  const part = { units: [first, second], level: 'none' }
  expect(await ask(`${second},${first}`)).toMatchObject({ id: 'ph-masonry-nc2', level: 2, part })
  const page = await ask(`${first},${second}`, 'html')
  expect(page).toContain(`This address names a part: 2 of ${others.length + 2} units.`)
  expect(page).toContain('A part has no level of its own.')
  expect(page).toMatch(/No level: it is a part\.<\/b> The whole qualification: /)
  const [own = '', whole = ''] = page.split('Other units of the whole qualification')
  for (const code of [first, second])
    expect([own.includes(`>${code}<`), whole.includes(`>${code}<`)]).toEqual([true, false])
  for (const code of others) expect([own.includes(`>${code}<`), whole.includes(`>${code}<`)]).toEqual([false, true])
  // The link to another language keeps the part.
  expect(page).toContain(`units=${first}%2C${second}&amp;lang=th`)
  expect(await ask(`${first},${second}`, 'html', 'th')).toContain('ที่อยู่นี้ระบุเพียงส่วนหนึ่ง')
})

test('an address with all units of a qualification does not name a part', async () => {
  expect(await ask((await codes()).join(','))).not.toHaveProperty('part')
  expect(await ask((await codes()).join(','), 'html')).not.toContain('names a part')
})

test('an address with units that the qualification does not have is not found', async () => {
  const [first = ''] = await codes()
  for (const units of ['NONE', `${first},NONE`, `${first},`, ',', '__proto__'])
    await expect(ask(units), units).rejects.toThrow(RegistryError)
})

test('the page of a qualification stands if nobody may issue it, and if the store does not answer', async () => {
  expect(await ask(undefined, 'html')).toContain('This registry lists no body that may issue it today.')
  const away = new RegistryError('dependency-unavailable', 'the store does not answer')
  const reader = { ...store, list: () => Promise.reject(away) }
  const alone = referenceAnswers({
    baseUrl: '',
    policy: { demonstration: true },
    reader,
    trust: trustOf(store),
    catalogue: catalogueOf(store),
    qualifications: () => Promise.reject(away),
    clock: () => new Date(),
  } as never)
  const asked = { params: { id: 'ph-masonry-nc2' }, query: {}, wants: 'html', language: 'en' }
  const { status, body } = await alone['GET /qualifications/{id}'].answer(asked as never)
  expect(status).toBe(200)
  expect(body).toContain('The list of bodies could not be read now.')
  expect(body).not.toContain('lists no body')
})
