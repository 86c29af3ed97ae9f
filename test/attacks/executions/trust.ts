import { withdrawAccreditation } from '@sijil/registry/decisions'
import { type Executions, hear, verifyAll } from '../execution.ts'
import { aStranger, signAsStranger } from '../forge.ts'
import { masonry, type Stand } from '../stand.ts'

const v2 = 'https://www.w3.org/ns/credentials/v2'
const strangers = (issuer: string, more: object = {}) => ({
  '@context': [v2],
  type: ['VerifiableCredential'],
  issuer,
  credentialSubject: { id: 'did:example:subject' },
  ...more,
})

/** Signed with a key that only a DID document at the host of the issuer could confirm. */
const hosts = (...dids: string[]) => ({
  carryOut: async (stand: Stand) =>
    verifyAll(
      stand,
      await Promise.all(
        dids.map((did) => signAsStranger(strangers(did), { ...aStranger(), did, method: `${did}#key-1` })),
      ),
    ),
})

const NOBODY_IS_FETCHED = 'no DID document is ever fetched, so an unregistered issuer is unknown, and never unreachable'
const unreachable = (path: string) => ({
  ...hosts(`did:web:unreachable.example:${path}`),
  differs: { because: NOBODY_IS_FETCHED, type: 'https://{host}/problems/issuer-unknown' },
})

export const trust: Executions = {
  V056: {
    async carryOut(stand) {
      const body = 'demo-vn-dvet'
      const { document } = await stand.issued(body, { ...masonry(stand), qualification: 'vn-tc-dien' })
      await withdrawAccreditation(
        {
          grantee: body,
          grant: 'main',
          by: 'demo-vn-moet',
          basis: 'fraud',
          actor: 'system:test',
          effectiveAt: '2020-01-01T00:00:00.000Z',
        },
        { store: stand.parts.store, policy: { demonstration: true }, now: stand.now() },
      )
      return hear([stand.verify(document)])
    },
  },
  V058: {
    carryOut: async (stand) => [
      ...(await verifyAll(stand, [await stand.document('issuer-unknown')])),
      ...(await hosts('did:web:unknown.example').carryOut(stand)),
    ],
  },
  V059: {
    async carryOut(stand) {
      const stranger = aStranger()
      return verifyAll(stand, [await signAsStranger(strangers(stranger.did), stranger)])
    },
  },
  S001: hosts('did:web:127.0.0.1', 'did:web:localhost', 'did:web:127.0.0.1%3A22'),
  S003: hosts(
    ...['::ffff:127.0.0.1', '::1', '64:ff9b::7f00:1', '2002:7f00:1::', 'fd00:ec2::254', 'fe80::1'].map(
      (address) => `did:web:%5B${address.replaceAll(':', '%3A')}%5D`,
    ),
  ),
  S005: hosts('did:web:169.254.169.254.nip.io'),
  S006: hosts(...['100.64.0.1', '198.18.0.1', '192.0.0.8', '0.0.0.0', '240.0.0.1'].map((host) => `did:web:${host}`)),
  S008: hosts('did:web:xn--tesd-83d.gov.ph'),
  S021: unreachable('redirects'),
  S022: unreachable('never-ends'),
  S024: unreachable('bad-certificate'),
  S027: unreachable('watches-headers'),
}
