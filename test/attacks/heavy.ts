import { type Doc, put, without } from './edit.ts'
import {
  about,
  adapter,
  BADGES,
  chainsShown,
  clique,
  fill,
  type Heavy,
  lists,
  me,
  ofMine,
  ofMoreUnits,
  P,
  p384,
  presented,
  proofs,
  range,
  scopedTypes,
  shown,
  subjects,
  text,
  verify,
} from './heavy-parts.ts'
import type { Stand } from './stand.ts'
import { claim, OB, sealed, V2 } from './strangers.ts'

/** The most expensive 64 KiB that we found for the JSON reader, the closed profile, JSON-LD, RDF, proofs and forms. */
export async function heavyRequests(stand: Stand): Promise<Record<string, Heavy>> {
  // It has units, which some of the requests repeat.
  const good = await stand.document('edition-ended')
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
    'two chains of four in a presentation': shown('/verify', await chainsShown(subjects(20))),
    'two chains of four, P-384': shown('/verify', await chainsShown(subjects(20), p384)),
    'two chains of four over blank nodes': shown('/verify', await chainsShown(range(20, (at) => ({ [P]: `v${at}` })))),
    'two chains of four over scoped types': shown(
      '/verify',
      await chainsShown(
        subjects(17, () => ({ type: 'Profile' })),
        {},
        [V2, BADGES],
      ),
    ),
    'certificates as large as may be shown at once': shown(
      '/verify',
      await presented(range(4, (at) => ofMoreUnits(good, 9, at))),
    ),
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
