import { generateKeyPairSync } from 'node:crypto'
import { encodeMultikey } from '@sijil/credentials'
import { type Doc, put } from './edit.ts'
import { aStranger, base58 } from './forge.ts'
import { claim, OB, sealed, V2 } from './strangers.ts'

export interface Heavy {
  path: '/verify' | '/credentials/verify' | '/presentations/verify' | '/check'
  body: string
  type?: string
}

const LIMIT = 65_536
export const BADGES = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'
export const range = <T>(length: number, make: (at: number) => T): T[] => Array.from({ length }, (_, at) => make(at))
export const verify = (document: unknown): Heavy => ({
  path: '/verify',
  body: JSON.stringify({ verifiableCredential: document }),
})
export const adapter = (document: unknown): Heavy => ({ ...verify(document), path: '/credentials/verify' })
export const text = (inside: string): Heavy => ({ path: '/verify', body: `{"verifiableCredential":${inside}}` })
export const fill = (piece: (at: number) => string, separator = ',') => {
  const pieces: string[] = []
  for (let size = 40, at = 0; ; at++) {
    const next = piece(at)
    size += Buffer.byteLength(next) + separator.length
    if (size > LIMIT) return pieces.join(separator)
    pieces.push(next)
  }
}

export const me = aStranger()
const P384 = (() => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const point = publicKey.export({ format: 'der', type: 'spki' }).subarray(-97)
  const bytes = Buffer.concat([Buffer.from([(point[96] ?? 0) & 1 ? 3 : 2]), point.subarray(1, 49)])
  return encodeMultikey({ algorithm: 'P-384', bytes })
})()
/** A wrong signature of the right length, so that everything is hashed before the check fails. */
export const p384 = {
  cryptosuite: 'ecdsa-rdfc-2019',
  verificationMethod: `did:key:${P384}#${P384}`,
  proofValue: base58(new Uint8Array(96).fill(9)),
}
export const subjects = (count: number, more: (at: number) => Doc = () => ({})) =>
  range(count, (at) => ({ id: `urn:x:${at}`, ...more(at) }))
export const ofMine = (more: Doc, context: unknown[] = [V2]) =>
  sealed({ ...claim(me.did, more), '@context': context }, me)

export async function proofs(count: number, document: Doc, changes: Doc = {}): Promise<Doc> {
  const signed = await sealed(document, me)
  const links = range(count, (at) => ({
    ...(signed.proof as Doc),
    ...changes,
    id: `urn:p:${at}`,
    ...(at > 0 && { previousProof: range(at, (before) => `urn:p:${before}`) }),
  }))
  return put(signed, '/proof', links)
}

export const P = `${OB}p`
export const clique = (name: string, size: number): Doc[] =>
  range(size, (at) => ({
    id: `_:${name}${at}`,
    [P]: range(size, (to) => ({ id: `_:${name}${to}` })).filter((_, to) => to !== at),
  }))
export const about = (value: unknown): Promise<Doc> => ofMine({ credentialSubject: { id: 'urn:x:1', [P]: value } })
export const lists = (count: number): Promise<Doc> =>
  ofMine({
    credentialSubject: {
      id: 'urn:x:1',
      ...Object.fromEntries(range(count, (at) => [`${P}${at}`, { '@list': range(190, (to) => `v${to}`) }])),
    },
  })
export const presented = (credentials: unknown[]): Promise<Doc> =>
  sealed(
    { '@context': [V2], type: ['VerifiablePresentation'], holder: me.did, verifiableCredential: credentials },
    me,
    { proofPurpose: 'authentication' },
  )
export const shown = (path: '/verify' | '/presentations/verify', verifiablePresentation: Doc): Heavy => ({
  path,
  body: JSON.stringify({ verifiablePresentation }),
})
/** A document of the closed profile with `more` units and its own id. */
export function ofMoreUnits(good: Doc, more: number, at: number): Doc {
  const document = JSON.parse(
    JSON.stringify(good).replaceAll(
      String(good.id),
      `urn:uuid:${String(at).padStart(8, '0')}-0000-4000-8000-000000000000`,
    ),
  )
  const { achievement, result } = document.credentialSubject
  const [unit] = achievement.resultDescription
  const from = achievement.resultDescription.length
  for (const place of range(more, (further) => from + 1 + further)) {
    const text = JSON.stringify(unit).replaceAll('#unit-1', `#unit-${place}`)
    achievement.resultDescription.push(JSON.parse(text.replace(unit.alignment[0].targetCode, `X${place}`)))
    result.push(
      JSON.parse(
        JSON.stringify(result[0]).replace('#unit-1', `#unit-${place}`).replace('#result-1', `#result-${place}`),
      ),
    )
  }
  return document
}

/** As many signatures as one request can contain. */
export const chainsShown = async (
  credentialSubject: Doc[],
  changes: Doc = {},
  context: unknown[] = [V2],
): Promise<Doc> =>
  presented(
    await Promise.all(
      range(2, () => proofs(4, { ...claim(me.did, { credentialSubject }), '@context': context }, changes)),
    ),
  )
export const scopedTypes = ['Achievement', 'AchievementSubject', 'Profile']
