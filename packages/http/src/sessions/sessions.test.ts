import { randomBytes } from 'node:crypto'
import { RegistryError } from '@sijil/registry'
import { CompactEncrypt, EncryptJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { sealedCookie } from './sealed-cookie.ts'
import { deskSessions, SESSION_SECONDS } from './sessions.ts'

const secret = randomBytes(32).toString('base64url')
const sessions = deskSessions(async () => secret)
const noon = new Date('2026-11-24T12:00:00Z')
const after = (seconds: number) => new Date(noon.getTime() + seconds * 1_000)
const somebody = { subject: 'officer-1', signedInAt: noon }
const pairOf = (line: string) => line.split(';')[0] as string
const begun = async () => pairOf(await sessions.begin(somebody, noon))

test('a session holds a subject and a moment for an hour, in a cookie that no script and no other host can read or set', async () => {
  const line = await sessions.begin(somebody, noon)
  expect(line).toMatch(
    /^__Host-sijil-desk=[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=43200$/,
  )
  expect(line).not.toContain('officer')
  const found = await sessions.find(['other=1', pairOf(line)], after(SESSION_SECONDS - 1))
  expect(found).toMatchObject({ subject: 'officer-1', scopes: [], signedInAt: noon })
  expect(Object.keys(found ?? {}).toSorted()).toEqual(['formToken', 'scopes', 'signedInAt', 'subject'])
})

test('a session ends after sixty minutes, even if the browser keeps the cookie, and one from the future is refused', async () => {
  const cookie = await begun()
  expect(await sessions.find([cookie], after(SESSION_SECONDS))).toBeUndefined()
  expect(await sessions.find([cookie], after(-60))).toBeUndefined()
})

test('a cookie with any changed letter is refused, and so is a truncated one', async () => {
  const cookie = await begun()
  const from = '__Host-sijil-desk='.length
  for (let at = from; at < cookie.length; at++) {
    // The last letter of a part may carry unused bits, so another letter there can encode the same bytes.
    if (cookie[at] === '.' || cookie[at + 1] === '.' || at === cookie.length - 1) continue
    const other = cookie[at] === 'A' ? 'B' : 'A'
    const changed = cookie.slice(0, at) + other + cookie.slice(at + 1)
    expect(await sessions.find([changed], noon), `letter ${at}`).toBeUndefined()
  }
  for (const cut of ['', '.', '....', cookie.slice(from, -1), cookie.slice(from, from + 40)])
    expect(await sessions.find([`__Host-sijil-desk=${cut}`], noon), cut).toBeUndefined()
})

describe('a forged cookie is refused', () => {
  const claims = { sub: 'officer-1', auth_time: 1_795_521_600 }
  const forged: [string, () => Promise<string>][] = [
    [
      'made with another secret',
      async () => pairOf(await deskSessions(async () => 'x'.repeat(43)).begin(somebody, noon)),
    ],
    [
      'made for another purpose with the same secret',
      async () => {
        const line = await sealedCookie({ name: 'sijil-sign-in', secret: async () => secret, seconds: 600 }).set(
          claims,
          noon,
        )
        return pairOf(line).replace('sijil-sign-in', 'sijil-desk')
      },
    ],
    [
      'encrypted with a known key',
      async () => {
        const sealed = await new EncryptJWT(claims)
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
          .setIssuedAt(noon)
          .setExpirationTime('1h')
          .encrypt(new Uint8Array(32))
        return `__Host-sijil-desk=${sealed}`
      },
    ],
    [
      'as plain text',
      async () =>
        `__Host-sijil-desk=${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.`,
    ],
    [
      'encrypted with a password',
      async () => {
        const sealed = await new CompactEncrypt(Buffer.from(JSON.stringify(claims)))
          .setProtectedHeader({ alg: 'PBES2-HS256+A128KW', enc: 'A256GCM' })
          .encrypt(Buffer.from(secret))
        return `__Host-sijil-desk=${sealed}`
      },
    ],
  ]
  test.each(forged)('%s', async (_, make) => {
    expect(await sessions.find([await make()], noon)).toBeUndefined()
  })

  test('two cookies with the same name', async () => {
    expect(await sessions.find([await begun(), await begun()], noon)).toBeUndefined()
  })

  test('for a subject that the registry reserves for itself', async () => {
    const cookie = pairOf(await sessions.begin({ subject: 'system:sweep', signedInAt: noon }, noon))
    expect(await sessions.find([cookie], noon)).toBeUndefined()
  })
})

test('the form token of a session differs from that of every other session', async () => {
  const [one, two] = [await begun(), await begun()]
  const tokenOf = async (cookie: string) => (await sessions.find([cookie], noon))?.formToken
  expect(await tokenOf(one)).toMatch(/^[\w-]{43}$/)
  expect(await tokenOf(one)).toBe(await tokenOf(one))
  expect(await tokenOf(one)).not.toBe(await tokenOf(two))
})

test('a session states how the person signed in, as far as the provider stated it', async () => {
  const found = async (stated: object) =>
    sessions.find([pairOf(await sessions.begin({ ...somebody, ...stated }, noon))], noon)
  expect(await found({ acr: 'phr', amr: ['hwk'] })).toMatchObject({ acr: 'phr', amr: ['hwk'] })
  expect(await found({})).not.toHaveProperty('acr')
})

test('the end of a session removes the cookie', () => {
  expect(sessions.end()).toEqual(
    ['desk', 'form'].map((name) => `__Host-sijil-${name}=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0`),
  )
})

test('a short secret seals nothing', async () => {
  await expect(deskSessions(async () => 'short').begin(somebody, noon)).rejects.toThrow('too short')
})

test('a request without a cookie does not need the secret, and an outage of it is not taken for a missing session', async () => {
  const away = new RegistryError('dependency-unavailable', '')
  const without = deskSessions(async () => {
    throw away
  })
  expect(await without.find([], noon)).toBeUndefined()
  const cookie = pairOf(await sessions.begin(somebody, noon))
  await expect(without.find([cookie], noon)).rejects.toBe(away)
  await expect(without.findEnded([cookie], noon)).rejects.toBe(away)
})

describe('a form that comes after its session has ended', () => {
  const path = '/desk/authorities/demo/actions/set-brake'
  const form = { subject: 'officer-1', path, fields: { basis: 'Section 9', reason: 'ทบทวน '.repeat(60) } }
  const keptLine = async (fields: Record<string, string> = form.fields) => sessions.keep({ ...form, fields }, noon)

  test('belongs to the person of the ended session, for half a day', async () => {
    const cookie = await begun()
    const session = await sessions.find([cookie], noon)
    expect(await sessions.findEnded([cookie], after(SESSION_SECONDS - 1))).toBeUndefined()
    expect(await sessions.findEnded([cookie], after(SESSION_SECONDS))).toEqual(session)
    expect(await sessions.findEnded([cookie], after(12 * 3_600 - 1))).toEqual(session)
    expect(await sessions.findEnded([cookie], after(12 * 3_600))).toBeUndefined()
  })

  test('has no person if the cookie is forged, doubled or absent', async () => {
    const late = after(SESSION_SECONDS)
    const cookie = await begun()
    const forged = pairOf(await deskSessions(async () => 'x'.repeat(43)).begin(somebody, noon))
    for (const cookies of [[forged], [cookie, cookie], [`${cookie}x`], [], ['__Host-sijil-desk=x']])
      expect(await sessions.findEnded(cookies, late)).toBeUndefined()
  })

  test('is kept sealed for fifteen minutes, for the same person and the same path', async () => {
    const line = (await keptLine()) ?? ''
    expect(line).toMatch(/^__Host-sijil-form=[\w.-]+; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=900$/)
    const cookies = [pairOf(line)]
    expect(await sessions.kept.find(cookies, form, after(899))).toEqual(form.fields)
    expect(await sessions.kept.find(cookies, form, after(900))).toBeUndefined()
    expect(await sessions.kept.find(cookies, { ...form, subject: 'officer-2' }, noon)).toBeUndefined()
    expect(await sessions.kept.find(cookies, { ...form, path: `${path}s` }, noon)).toBeUndefined()
    expect(await sessions.kept.find([], form, noon)).toBeUndefined()
  })

  test('is not kept if it is larger than a cookie', async () => {
    expect(await keptLine({ reason: randomBytes(3_000).toString('hex') })).toBeUndefined()
  })

  test('opens no session', async () => {
    const opened = pairOf((await keptLine()) ?? '').replace('sijil-form', 'sijil-desk')
    expect(await sessions.find([opened], noon)).toBeUndefined()
    expect(await sessions.findEnded([opened], after(SESSION_SECONDS))).toBeUndefined()
  })
})
