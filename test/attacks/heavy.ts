import { generateKeyPairSync } from 'node:crypto'
import { encodeMultikey } from '@sijil/credentials'
import { type Doc, put, without } from './edit.ts'
import { aStranger, base58 } from './forge.ts'
import type { Stand } from './stand.ts'
import { claim, OB, sealed, V2 } from './strangers.ts'

export interface Heavy {
  path: '/verify' | '/credentials/verify' | '/presentations/verify' | '/check'
  body: string
  type?: string
}

const LIMIT = 65_536
const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
const range = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at))
const verify = (document: unknown): Heavy => ({
  path: '/verify',
  body: JSON.stringify({ verifiableCredential: document }),
})
const adapter = (document: unknown): Heavy => ({ ...verify(document), path: '/credentials/verify' })
const text = (inside: string): Heavy => ({ path: '/verify', body: `{"verifiableCredential":${inside}}` })
const fill = (piece: (at: number) => string, separator = ',') => {
  const pieces: string[] = []
  for (let size = 40, at = 0; ; at++) {
    const next = piece(at)
    size += Buffer.byteLength(next) + separator.length
    if (size > LIMIT) return pieces.join(separator)
    pieces.push(next)
  }
}

const me = aStranger()
const P384 = (() => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-97)
  const bytes = Buffer.concat([Buffer.from([(point[96] ?? 0) & 1 ? 3 : 2]), point.subarray(1, 49)])
  return encodeMultikey({ algorithm: 'P-384', bytes })
})()
/** Of the right length, so that everything is hashed before it fails. */
const p384 = {
  cryptosuite: 'ecdsa-rdfc-2019',
  verificationMethod: `did:key:${P384}#${P384}`,
  proofValue: base58(new Uint8Array(96).fill(9)),
}
const subjects = (count: number, more: (at: number) => Doc = () => ({})) =>
  range(count, (at) => ({ id: `urn:x:${at}`, ...more(at) }))
const ofMine = (more: Doc, context: unknown[] = [V2]) => sealed({ ...claim(me.did, more), '@context': context }, me)

async function proofs(count: number, document: Doc, changes: Doc = {}): Promise<Doc> {
  const signed = await sealed(document, me)
  const links = range(count, (at) => ({
    ...(signed.proof as Doc),
    ...changes,
    id: `urn:p:${at}`,
    ...(at > 0 && { previousProof: range(at, (before) => `urn:p:${before}`) }),
  }))
  return put(signed, '/proof', links)
}

const P = `${OB}p`
const clique = (name: string, size: number): Doc[] =>
  range(size, (at) => ({
    id: `_:${name}${at}`,
    [P]: range(size, (to) => ({ id: `_:${name}${to}` })).filter((_, to) => to !== at),
  }))
const about = (value: unknown): Promise<Doc> => ofMine({ credentialSubject: { id: 'urn:x:1', [P]: value } })
const lists = (count: number): Promise<Doc> =>
  ofMine({
    credentialSubject: {
      id: 'urn:x:1',
      ...Object.fromEntries(range(count, (at) => [`${P}${at}`, { '@list': range(190, (to) => `v${to}`) }])),
    },
  })
const presented = (credentials: unknown[]): Promise<Doc> =>
  sealed(
    { '@context': [V2], type: ['VerifiablePresentation'], holder: me.did, verifiableCredential: credentials },
    me,
    { proofPurpose: 'authentication' },
  )
const shown = (path: '/verify' | '/presentations/verify', verifiablePresentation: Doc): Heavy => ({
  path,
  body: JSON.stringify({ verifiablePresentation }),
})
const scopedTypes = ['Achievement', 'AchievementSubject', 'Profile']

/** The worst 64 KiB that came to mind: for the reader of JSON, for the closed profile, for JSON-LD, for RDF, for proofs and for forms. */
export async function heavyRequests(stand: Stand): Promise<Record<string, Heavy>> {
  const good = await stand.document('in-force')
  const sandbox = stand.didOf('sandbox')
  const holder = { '@context': [V2], type: ['VerifiablePresentation'], holder: me.did }
  const small = await ofMine({})
  const scopedTerms = Object.fromEntries(
    range(30, (at) => [`T${at}`, { '@id': `${OB}T${at}`, '@context': { a: `${OB}a${at}`, b: `${OB}b${at}` } }]),
  )
  const boundary = '----formboundary0123456789abcdef'
  return {
    'empty objects': text(`[${fill(() => '{}')}]`),
    'empty arrays': text(`[${fill(() => '[]')}]`),
    'members with escapes': text(`{${fill((at) => `"\\u0061${at}":0`)}}`),
    'colons after spaces': text(`{${fill((at) => `"a${at}" :":"`)}}`),
    'one string of escapes': text(`"${fill(() => '\\u0041', '')}"`),
    'one string of quotes': text(`"${fill(() => '\\"', '')}"`),
    'one number of digits': text(fill(() => '9', '')),
    'letters of four bytes': text(`"${fill(() => '\u{1f600}', '')}"`),
    'depth of 16 again and again': text(`[${fill(() => `${'['.repeat(13)}${']'.repeat(13)}`)}]`),
    'thousands of DIDs for an issuer': verify(claim(range(900, (at) => `${sandbox}${at}`))),
    'the beginning of a DID, again and again': verify(claim(fill(() => 'did:a', '').slice(0, 60_000))),
    'a proof of many DIDs': verify({ ...claim(me.did), proof: range(1_200, (at) => `did:web:x${at}.example`) }),
    'a certificate with a bad signature': verify(put(good, '/name', good.name)),
    'a certificate of long texts': verify(put(good, '/credentialSubject/achievement/description', 'ก'.repeat(4_000))),
    'a certificate of a thousand units': verify(
      put(
        good,
        '/credentialSubject/achievement/resultDescription',
        range(900, (at) => ({ id: `x${at}` })),
      ),
    ),
    'a certificate of ten thousand members': text(
      JSON.stringify(good).replace(
        '{',
        `{${fill((at) => `"m${at}":0`)
          .slice(0, 50_000)
          .replace(/,[^,]*$/, '')},`,
      ),
    ),
    'ninety nodes': adapter(await ofMine({ credentialSubject: subjects(90) })),
    'ninety nodes of three scoped types': adapter(
      await ofMine({ credentialSubject: subjects(90, () => ({ type: scopedTypes })) }, [V2, BADGES]),
    ),
    'nodes within nodes': adapter(
      await ofMine({
        credentialSubject: range(6, () =>
          range(9, (at) => at).reduce<Doc>((inner, at) => ({ id: `urn:x:${at}`, [`${OB}p`]: inner }), {
            id: 'urn:x:end',
          }),
        ),
      }),
    ),
    'nine hundred values': adapter(
      await ofMine({
        credentialSubject: {
          id: 'urn:x:1',
          ...Object.fromEntries(range(4, (at) => [`${OB}p${at}`, range(200, (to) => `v${to}`)])),
        },
      }),
    ),
    'long values': adapter(
      await ofMine({
        credentialSubject: {
          id: 'urn:x:1',
          ...Object.fromEntries(range(90, (at) => [`${OB}p${at}`, 'x"\\\n'.repeat(80)])),
        },
      }),
    ),
    'scoped contexts of its own': adapter(
      await ofMine({ credentialSubject: subjects(28, (at) => ({ type: `T${at}` })) }, [V2, scopedTerms]),
    ),
    'contexts as many as may be': adapter(
      await ofMine({ credentialSubject: subjects(80) }, [
        V2,
        BADGES,
        'https://w3id.org/security/data-integrity/v2',
        ...range(5, (at) => ({ [`t${at}`]: `${OB}t${at}` })),
      ]),
    ),
    'a context of 8 KB': adapter(
      await ofMine({}, [V2, Object.fromEntries(range(70, (at) => [`t${at}`, `${OB}${'t'.repeat(20)}${at}`]))]),
    ),
    'a ring of blank nodes': adapter(
      await about(range(45, (at) => ({ id: `_:b${at}`, [P]: { id: `_:b${(at + 1) % 45}` } }))),
    ),
    'blank nodes that are all alike': adapter(await about(range(90, () => ({ [P]: 'x' })))),
    'a clique of blank nodes': adapter(await about(clique('a', 8))),
    'two cliques': adapter(await about([...clique('a', 6), ...clique('b', 6)])),
    'ten pairs of blank nodes': adapter(await about(range(10, (at) => clique(`c${at}`, 2)).flat())),
    'a list of blank nodes': adapter(await about({ '@list': range(90, () => ({ [P]: 'x' })) })),
    'a list of equal values': adapter(await about({ '@list': range(190, () => 'x') })),
    lists: adapter(await lists(4)),
    'lists in a presentation': shown('/presentations/verify', await presented([await lists(4)])),
    'lists in a presentation, with whose they are': shown('/verify', await presented([await lists(4)])),
    'a list in a presentation, with whose it is': shown('/verify', await presented([await lists(1)])),
    'two of them in a presentation': shown('/verify', await presented([await lists(2), await lists(2)])),
    'lists under a P-384 key': adapter(await proofs(1, without(await lists(4), 'proof'), p384)),
    'lists under four proofs': adapter(await proofs(4, without(await lists(1), 'proof'))),
    'four proofs': adapter(await proofs(1, claim(me.did, { credentialSubject: subjects(20) }))),
    'a chain of four': adapter(await proofs(4, claim(me.did, { credentialSubject: subjects(15) }))),
    'a chain of four, P-384': adapter(await proofs(4, claim(me.did, { credentialSubject: subjects(15) }), p384)),
    'ninety statuses of the sandbox': adapter({
      ...(await ofMine({
        credentialStatus: range(90, (at) => ({
          type: 'BitstringStatusListEntry',
          statusPurpose: 'revocation',
          statusListIndex: String(at),
          statusListCredential: `${stand.baseUrl}/status-lists/sandbox-1-revocation`,
        })),
      })),
    }),
    'a presentation of four': {
      path: '/presentations/verify',
      body: JSON.stringify({
        verifiablePresentation: await sealed({ ...holder, verifiableCredential: range(4, () => small) }, me, {
          proofPurpose: 'authentication',
        }),
      }),
    },
    'a presentation of four, with whose they are': {
      path: '/verify',
      body: JSON.stringify({
        verifiablePresentation: await sealed(
          {
            ...holder,
            verifiableCredential: await Promise.all(range(4, () => ofMine({ credentialSubject: subjects(16) }))),
          },
          me,
          { proofPurpose: 'authentication' },
        ),
      }),
    },
    'a presentation of twelve': {
      path: '/presentations/verify',
      body: JSON.stringify({
        verifiablePresentation: await sealed({ ...holder, verifiableCredential: range(11, () => small) }, me, {
          proofPurpose: 'authentication',
        }),
      }),
    },
    'a form of six hundred fields': {
      path: '/check',
      type: `multipart/form-data; boundary=${boundary}`,
      body: `${range(600, (at) => `--${boundary}\r\ncontent-disposition: form-data; name="f${at}"\r\n\r\nx\r\n`).join('')}--${boundary}--`,
    },
    'a form of beginnings': {
      path: '/check',
      type: `multipart/form-data; boundary=${boundary}`,
      body: `--${boundary}\r\ncontent-disposition: form-data; name="code"\r\n\r\n${`\r\n--${boundary.slice(0, -1)}`.repeat(1_800)}\r\n--${boundary}--`,
    },
    'a form of escapes': {
      path: '/check',
      type: 'application/x-www-form-urlencoded',
      body: `code=${'%41'.repeat(21_000)}`,
    },
    'a form of thousands of names': {
      path: '/check',
      type: 'application/x-www-form-urlencoded',
      body: range(8_000, (at) => `n${at}`).join('&'),
    },
  }
}
