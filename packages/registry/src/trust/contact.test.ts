import { expect, test } from 'vitest'
import { identity } from '../../../../test/support/registry-world.ts'
import { contactLink, contactOn, identityOn, MAX_CONTACT_LENGTH } from './contact.ts'

test.each([
  ['registrar@tesda.example', 'mailto:registrar@tesda.example'],
  ['complaints+skills@office.gov.example', 'mailto:complaints+skills@office.gov.example'],
  ['+1 202-555-0143', 'tel:+12025550143'],
  ['https://tesda.example', 'https://tesda.example'],
  ['https://tesda.example/contact/registrar', 'https://tesda.example/contact/registrar'],
])('%s is a link to %s', (contact, link) => {
  expect(contactLink(contact)).toBe(link)
})

// biome-ignore format: it reads as a table
const hostile: Record<string, string> = {
  'a script':                       'javascript:alert(1)',
  'a script behind a comment':      'javascript://tesda.example/%0aalert(1)',
  'a document in the address':      'data:text/html,<script>alert(1)</script>',
  'http':                           'http://tesda.example',
  'a user before the domain':       'https://tesda.example@evil.example/',
  'a port':                         'https://tesda.example:8443/',
  'a query':                        'https://tesda.example/?next=https://evil.example',
  'an address that is a number':    'https://192.0.2.7/',
  'two signs @':                    'registrar@tesda.example@evil.example',
  'headers of a mail':              'registrar@tesda.example?bcc=all@evil.example',
  'a second recipient':             'registrar@tesda.example,all@evil.example',
  'escapes':                        'registrar%40evil.example@tesda.example',
  'a name and an address':          'TESDA <registrar@tesda.example>',
  'a line break':                   'registrar@tesda.example\nBcc: all@evil.example',
  'a line break at its end':        'registrar@tesda.example\n',
  'a mark of direction':            'registrar@\u202eelpmaxe.adset',
  'letters of another script':      'registrar@tеsda.example',
  'no domain':                      'registrar@localhost',
  'a telephone number of one land': '(02) 555 0143',
  'a command of the telephone':     '+12025550143#31#',
  'too many digits':                '+1234567890123456',
  'free text':                      'Complaints office, room 3',
  'nothing':                        '',
  'a very long address':            `registrar@${'a.'.repeat(MAX_CONTACT_LENGTH)}example`,
}
test.each(Object.entries(hostile))('is never a link: %s', (_, contact) => {
  expect(contactLink(contact)).toBeUndefined()
})

test('a long text is refused in time that grows with its length only', () => {
  for (const contact of [`a@${'a-'.repeat(99)}`, `https://${'a.'.repeat(95)}`, `+1${' 1'.repeat(90)}`])
    for (let at = 0; at < 1_000; at++) expect(contactLink(contact)).toBeUndefined()
})

const day = (number: number) => `2026-01-${String(number).padStart(2, '0')}T00:00:00.000Z`
const changed = (contact: string | null, from: number, recorded = from) => ({
  contact,
  from: day(from),
  recordedAt: day(recorded),
})
const registered = { ...identity(), contact: 'first@board.example' }

test('the contact of a day is the one that counts from the latest day, in whatever order they were recorded', () => {
  const contacts = [changed('move@board.example', 10, 2), changed('+1 202 555 0143', 5, 3)]
  const entity = { identity: registered, contacts }
  expect([4, 5, 9, 10, 20].map((on) => contactOn(entity, day(on)))).toEqual([
    'first@board.example',
    '+1 202 555 0143',
    '+1 202 555 0143',
    'move@board.example',
    'move@board.example',
  ])
})

test('of two contacts for one day, the later record wins', () => {
  const contacts = [changed('one@board.example', 5, 2), changed('two@board.example', 5, 3)]
  expect(contactOn({ identity: registered, contacts }, day(6))).toBe('two@board.example')
})

test('a contact that was taken off the record is absent from the identity, and not an empty text', () => {
  const entity = { identity: registered, contacts: [changed(null, 5)] }
  expect(identityOn(entity, day(4))).toEqual(registered)
  expect(identityOn(entity, day(5))).toEqual(identity())
  expect('contact' in identityOn(entity, day(5))).toBe(false)
})
