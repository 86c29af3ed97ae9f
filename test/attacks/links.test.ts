import { connect } from 'node:net'
import { describe, expect, test } from 'vitest'
import { useStand } from './stand.ts'

const { stand, prove } = useStand()
const html = { accept: 'text/html' }
const token = (name: string): string =>
  stand()
    .demonstration.certificates.find((certificate) => certificate.case === name)
    ?.link?.slice(-26) ?? ''

/** Replaces one letter by another of the alphabet of tokens. */
const altered = (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`

describe('links (I45)', () => {
  test('a link opens with lower case letters, spaces, hyphens, and letters that look alike', async () => {
    const text = token('in-force')
    const typed = [
      text.toLowerCase(),
      text.replaceAll(/(.{4})/g, '$1 '),
      text.replaceAll(/(.{4})/g, '$1-'),
      text.replaceAll('0', 'o').replaceAll('1', 'l'),
      `${stand().baseUrl}/v/${text}?lang=th#top`,
      `  ${stand().baseUrl}/v/${text}  `,
    ]
    for (const link of typed) {
      const answer = await stand().ask('/verify', { body: { link } })
      expect(answer.json().verdict, link).toBe('valid')
    }
  })

  const refused: Record<string, (text: string, base: string) => string> = {
    'another registry': (text) => `https://registry.example/v/${text}`,
    'another port': (text) => `http://localhost:1/v/${text}`,
    'another scheme': (text, base) => `${base.replace('http', 'https')}/v/${text}`,
    'another host with our name in it': (text, base) =>
      `${base.replace('localhost', 'localhost.evil.example')}/v/${text}`,
    'our name before an at sign': (text, base) => `${base}@evil.example/v/${text}`,
    'a name and a password': (text, base) => `${base.replace('//', '//me:secret@')}/v/${text}`,
    'another path': (text, base) => `${base}/w/${text}`,
    'a path further': (text, base) => `${base}/v/${text}/x`,
    'a path back': (text, base) => `${base}/v/../x/${text}`,
    'a path escaped': (text, base) => `${base}/v%2f${text}`,
    'a letter escaped': (text, base) => `${base}/v/%30${text.slice(1)}`,
    'a letter too many': (text) => `${text}0`,
    'a letter too few': (text) => text.slice(1),
    'a letter that is not in the alphabet': (text) => `U${text.slice(1)}`,
    'digits of another script': (text) => `\u0660${text.slice(1)}`,
    'letters of full width': (text) =>
      [...text].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)).join(''),
    'a NUL in it': (text) => `${text.slice(0, 9)}\u0000${text.slice(9)}`,
    'two links': (text, base) => `${base}/v/${text} ${base}/v/${text}`,
    'a script': () => 'javascript:alert(1)',
    nothing: () => '',
  }
  test.each(Object.entries(refused))('%s is no link of this registry', async (_, spell) => {
    const link = spell(token('in-force'), stand().baseUrl)
    const answer = await stand().ask('/verify', { body: { link } })
    expect([answer.status, answer.json().type]).toEqual([422, `${stand().baseUrl}/problems/validation-failed`])
    const form = await stand().ask('/check', {
      method: 'POST',
      headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ link }).toString(),
    })
    expect([form.status, form.headers.get('location')]).toEqual([422, null])
  })

  test('an unknown link is not found, with the same answer as for a certificate that was never released', async () => {
    const one = await stand().ask('/verify', { body: { link: altered(token('in-force')) } })
    const other = await stand().ask('/verify', { body: { link: '0'.repeat(26) } })
    expect([one.status, one.text]).toEqual([404, other.text])
    expect((await stand().ask(`/v/${altered(token('in-force'))}`)).status).toBe(404)
  })

  test('opening the page does not show the name: GET returns no name, number or file (I46)', async () => {
    for (const accept of ['text/html', 'application/json', '*/*', 'application/vc']) {
      for (const query of ['', '?format=json', '?person=shown', '?name=1']) {
        const page = await stand().ask(`/v/${token('in-force')}${query}`, { headers: { accept } })
        expect(page.status).toBe(200)
        expect(page.text).not.toMatch(/RODEL|25-DEMO|1994-07-19|DCR-94|DEMO OFFICER|proofValue/)
        expect(page.headers.get('cache-control')).toContain('no-store')
      }
    }
  })
})

describe('the form with a file', () => {
  const send = (body: FormData | string, headers: Record<string, string> = {}) =>
    fetch(`${stand().baseUrl}/check`, { method: 'POST', body, redirect: 'manual', headers: { ...html, ...headers } })
  const BOUNDARY = '----formboundary0123456789abcdef'
  const multipart = (parts: string[], boundary = BOUNDARY, end = `--${boundary}--`) =>
    send([...parts.map((part) => `--${boundary}\r\n${part}`), end].join('\r\n'), {
      'content-type': `multipart/form-data; boundary=${boundary}`,
    })
  const field = (name: string, value: string) => `content-disposition: form-data; name="${name}"\r\n\r\n${value}`
  const file = (name: string, text: string, filename = 'CANARY.json') =>
    `content-disposition: form-data; name="${name}"; filename="${filename}"\r\ncontent-type: application/json\r\n\r\n${text}`

  test('a good certificate as a file is valid, and an altered one invalid', async () => {
    for (const [name, word] of [
      ['in-force', 'RODEL'],
      ['altered', 'changed'],
    ] as const) {
      const answer = await multipart([file('document', JSON.stringify(await stand().document(name)))])
      expect(answer.status).toBe(200)
      const text = await answer.text()
      expect(text.includes('RODEL MANALO'), name).toBe(word === 'RODEL')
      expect(text).not.toContain('RODEL MARALO')
    }
  })

  const games: Record<string, [number[], () => Promise<Response>]> = {
    'two files': [[400], () => multipart([file('document', '{}'), file('photo', '{}')])],
    'a field twice': [[400], () => multipart([field('link', 'a'), field('link', 'b')])],
    'a field that is not ours': [[422], () => multipart([field('verdict', 'valid')])],
    'a field named __proto__': [[422], () => multipart([field('__proto__', 'x')])],
    'thirty-three fields': [[400], () => multipart(Array.from({ length: 33 }, (_, at) => field(`f${at}`, 'x')))],
    'six hundred fields': [[400], () => multipart(Array.from({ length: 600 }, (_, at) => field(`f${at}`, '')))],
    'no end': [[400], () => multipart([field('link', 'a')], BOUNDARY, '')],
    'a boundary of nothing': [[400, 415], () => send('--\r\n', { 'content-type': 'multipart/form-data; boundary=' })],
    'a boundary twice': [
      [400, 415, 422],
      () => send('--x--', { 'content-type': 'multipart/form-data; boundary=x; boundary=y' }),
    ],
    'a long boundary': [
      [400, 415],
      () => send('--x--', { 'content-type': `multipart/form-data; boundary=${'x'.repeat(5_000)}` }),
    ],
    'a file where a link is due': [[422], () => multipart([file('link', 'a')])],
    'a text where a file is due': [[422], () => multipart([field('document', '{}')])],
    'a file that is no JSON': [[422], () => multipart([file('document', '<xml/>')])],
    'a file with a member twice': [[422], () => multipart([file('document', '{"type":1,"type":2}')])],
    'a file with a path for its name': [[422], () => multipart([file('document', 'x', '../../etc/passwd')])],
    'a file within base64': [
      [200, 422],
      () =>
        multipart([`${file('document', 'e30=').replace('\r\n\r\n', '\r\ncontent-transfer-encoding: base64\r\n\r\n')}`]),
    ],
    'JSON for a form': [[415], () => send('{"link":"x"}', { 'content-type': 'application/json' })],
    'a form in another charset': [
      [415],
      () => send('link=x', { 'content-type': 'application/x-www-form-urlencoded; charset=utf-16' }),
    ],
    'bytes that are no UTF-8': [
      [400, 422],
      () => send('link=%ff%fe', { 'content-type': 'application/x-www-form-urlencoded' }),
    ],
    'more than 64 KiB': [[413], () => multipart([file('document', 'x'.repeat(70_000))])],
  }
  test.each(Object.entries(games))('%s', async (_, [statuses, play]) => {
    const answer = await play()
    const text = await answer.text()
    expect(statuses, `${answer.status} ${text.slice(0, 300)}`).toContain(answer.status)
    expect(answer.headers.get('location')).toBeNull()
    expect(text).not.toMatch(/CANARY\.json|etc\/passwd/)
  })
})

describe('status lists', () => {
  test.each([
    'demo-ph-tesda-1-Revocation',
    'demo-ph-tesda-01-revocation',
    'demo-ph-tesda-0-revocation',
    'demo-ph-tesda-2-revocation',
    'demo-ph-tesda--1-revocation',
    'demo-ph-tesda-1-message',
    'demo-ph-tesda-1-revocation-1-revocation',
    'demo-ph-tesda-99999999999999999999-revocation',
    '-1-revocation',
    '1-revocation',
    'nobody-1-revocation',
    `${'a'.repeat(80)}-1-revocation`,
    'demo-ph-tesda-1-revocation%00',
    '..%2f..%2fissuers',
    '%e0%a4%a',
    'demo-ph-tesda%2F1-revocation',
    '__proto__',
  ])('%s is not the id of a list', async (id) => {
    const answer = await stand().ask(`/status-lists/${id}`)
    expect([answer.status, answer.json().type]).toEqual([404, `${stand().baseUrl}/problems/not-found`])
  })
  test.each(['2020-01-01T00:00:00Z', 'now', '', '9999-12-31'])(
    'a list of another moment is not handed out: %j',
    async (moment) => {
      const answer = await stand().ask(`/status-lists/demo-ph-tesda-1-revocation?timestamp=${moment}`)
      expect(answer.status).toBe(400)
    },
  )
  test('a repeated parameter is refused, and an unknown parameter has no effect', async () => {
    const path = '/status-lists/demo-ph-tesda-1-revocation'
    expect((await stand().ask(`${path}?a=1&a=2`)).status).toBe(400)
    const lists = await Promise.all(
      ['', '?x=1', '?__proto__=1', '?index=7'].map((query) => stand().ask(`${path}${query}`)),
    )
    expect(new Set(lists.map(({ text }) => text)).size).toBe(1)
  })
})

test('a client that closes the connection in the middle of its request does no harm', async () => {
  const { hostname, port } = new URL(stand().baseUrl)
  await new Promise<void>((closed) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(
        'POST /verify HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{"veri',
      )
      setTimeout(() => socket.destroy(), 20)
    })
    socket.on('close', () => closed())
  })
  expect((await stand().ask('/healthz')).status).toBe(200)
})

prove()
