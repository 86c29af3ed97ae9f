import { beforeAll, describe, expect, test } from 'vitest'
import { pathOf } from '../journeys/certificate.ts'
import { type SharedRegistry, sharedRegistry } from '../support/local-registry.ts'

/** A chat application asks for the link without a person, and shows everybody in the chat what it finds in the head of the page. */
let registry: SharedRegistry
beforeAll(async () => {
  registry = await sharedRegistry()
})

const asChat = { accept: '*/*' }
const linked = () => registry.demonstration.certificates.flatMap(({ link }) => (link === undefined ? [] : [link]))
const headAt = async (link: string, query = '', headers: Record<string, string> = asChat) => {
  const { text } = await registry.ask(pathOf({ link }) + query, { headers })
  return /<head>.*<\/head>/s.exec(text)?.[0] ?? ''
}
const contentOf = (head: string, property: string) =>
  new RegExp(`<meta (?:property|name)="${property}" content="([^"]*)">`).exec(head)?.[1]

describe('the preview of a link', () => {
  test.each(['', '?lang=th', '?host=MY'])('is the same for every certificate and every verdict: %s', async (query) => {
    const heads = await Promise.all(linked().map((link) => headAt(link, query)))
    expect(heads.length).toBeGreaterThan(8)
    expect(new Set(heads).size).toBe(1)
    for (const link of linked()) expect(heads[0]).not.toContain(link.split('/').at(-1))
  })

  test('has a title, a sentence and a picture, in the language of the reader', async () => {
    const [link = ''] = linked()
    const head = await headAt(link)
    expect(/<title>(.*)<\/title>/.exec(head)?.[1]).toBe('Check of a skills certificate · Sijil')
    expect(contentOf(head, 'og:title')).toBe('Check of a skills certificate · Sijil')
    expect(contentOf(head, 'og:description')).toContain('what the registry says')
    expect(contentOf(head, 'description')).toBe(contentOf(head, 'og:description'))
    expect(contentOf(head, 'robots')).toBe('noindex')
    expect(head).not.toContain('og:url')
    const thai = await headAt(link, '', { ...asChat, 'accept-language': 'th' })
    expect(contentOf(thai, 'og:title')).toBe('การตรวจใบรับรองทักษะ · Sijil')
    expect(contentOf(thai, 'og:description')).toMatch(/ทะเบียน/)
  })

  test.each([
    ['og:image', 1200, 630],
    ['apple-touch-icon', 180, 180],
    ['icon', 96, 96],
  ])('has a small PNG at an absolute or local address: %s', async (name, width, height) => {
    const head = await headAt(linked()[0] ?? '')
    const [, touch = ''] = new RegExp(`<link rel="${name}" href="([^"]+\\.png)"`).exec(head) ?? []
    const address = name === 'og:image' ? (contentOf(head, name) ?? '') : registry.baseUrl + touch
    expect(address.startsWith(`${registry.baseUrl}/assets/`)).toBe(true)
    const answer = await fetch(address)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.subarray(1, 4).toString()).toBe('PNG')
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([width, height])
    expect(bytes.length).toBeLessThan(150_000)
  })

  test('the page itself still says the verdict in its heading', async () => {
    const heading = async (name: string) => {
      const link = registry.demonstration.certificates.find((certificate) => certificate.case === name)?.link ?? ''
      return /<h1[^>]*>(.*?)<\/h1>/s.exec((await registry.ask(pathOf({ link }), { headers: asChat })).text)?.[1]
    }
    expect(await heading('in-force')).toContain('Valid')
    expect(await heading('revoked')).toContain('Not valid')
  })
})
