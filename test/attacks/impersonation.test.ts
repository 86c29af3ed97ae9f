import { describe, expect, test } from 'vitest'
import { type Doc, put, rename, withContext } from './edit.ts'
import { aStranger, copyOf, signAsBody, signAsStranger } from './forge.ts'
import { type Stand, useStand } from './stand.ts'
import { claim, ISSUER, OB, sealed, V2 } from './strangers.ts'

const { stand, prove } = useStand()
const body = 'demo-ph-tesda'

type Make = (did: string, stand: Stand) => Doc | Promise<Doc>

const asIssuer =
  (spell: (did: string) => unknown): Make =>
  (did) =>
    sealed(claim(spell(did)))
const own = aStranger()

// biome-ignore format: it reads as a table
/** Documents that a stranger signs, and that try to look like those of a registered body. */
const disguises: Record<string, Make> = {
  'its DID as it is':                         asIssuer((did) => did),
  'its DID in an object, with a name':        asIssuer((did) => ({ id: did, name: 'TESDA' })),
  'its DID as @id':                           asIssuer((did) => ({ '@id': did })),
  'its DID in an array':                      asIssuer((did) => [did]),
  'two issuers':                              asIssuer((did) => [own.did, did]),
  'an id of two':                             asIssuer((did) => ({ id: [own.did, did] })),
  'escapes in small letters':                 asIssuer((did) => did.replace('%3A', '%3a')),
  'the scheme in capitals':                   asIssuer((did) => did.replace('did:web', 'DID:WEB')),
  'a host in capitals':                       asIssuer((did) => did.replace('localhost', 'LOCALHOST')),
  'a dot after the host':                     asIssuer((did) => did.replace('localhost', 'localhost.')),
  'a dot at the end':                         asIssuer((did) => `${did}.`),
  'a colon at the end':                       asIssuer((did) => `${did}:`),
  'a letter escaped':                         asIssuer((did) => did.replace('demo', '%64emo')),
  'a name in capitals':                       asIssuer((did) => did.replace('demo', 'DEMO')),
  'another letter that looks alike':          asIssuer((did) => did.replace('demo', 'dem\u043e')),
  'a letter of full width':                   asIssuer((did) => did.replace('demo', '\uff44emo')),
  'a letter without width':                   asIssuer((did) => did.replace('demo', 'de\u200bmo')),
  'a space after it':                         asIssuer((did) => `${did} `),
  'a line after it':                          asIssuer((did) => `${did}\n`),
  'a query':                                  asIssuer((did) => `${did}?version=1`),
  'a path':                                   asIssuer((did) => `${did}/x`),
  'a fragment':                               asIssuer((did) => `${did}#certificates-1`),
  'an address for the host':                  asIssuer((did) => did.replace('localhost', '127.0.0.1')),
  'another method of the same name':          asIssuer((did) => did.replace('did:web:', 'did:webs:')),
  'the URL of its DID document':              asIssuer(() => `${stand().baseUrl}/issuers/${body}/did.json`),
  'a prefix for the most of it':              (did) => sealed(withContext(claim('b:tesda'), { b: did.replace('tesda', '') })),
  'a prefix for all of it':                   (did) => sealed(withContext(claim('b:'), { b: did })),
  'a vocabulary of it':                       (did) => sealed(withContext(claim({ id: own.did, type: '' }), { '@vocab': did })),
  'an alias beside the issuer':               (did) => sealed(withContext(claim(own.did, { by: did }), { by: { '@id': ISSUER, '@type': '@id' } }), own),
  'an absolute IRI beside the issuer':        (did) => sealed(claim(own.did, { [ISSUER]: { id: did } }), own),
  'an absolute IRI instead of the issuer':    (did) => sealed(rename(claim(did), '/issuer', ISSUER), own),
  'the subject describes the credential':     (did) => sealed(claim(own.did, { credentialSubject: { id: 'did:example:s', relatedResource: [], [`${OB}x`]: { id: 'urn:uuid:6b1f0a52-0f5e-4c7e-9d0f-2f4d6f0a9c11', [ISSUER]: { id: did } } } }), own),
  'the subject is the credential':            (did) => sealed(claim(own.did, { credentialSubject: { id: 'urn:uuid:6b1f0a52-0f5e-4c7e-9d0f-2f4d6f0a9c11', [ISSUER]: { id: did } } }), own),
  'a second credential inside':               (did) => sealed(claim(own.did, { credentialSubject: { id: 'did:example:s', [`${OB}x`]: claim(did) } }), own),
  'a second credential in @included':         (did) => sealed(claim(own.did, { '@included': [claim(did)] }), own),
  'everything in @graph':                     (did) => sealed({ '@context': [V2], '@graph': [claim(did), claim(own.did)] }, own),
  'a graph beside it':                        (did) => sealed(claim(own.did, { '@graph': [claim(did)] }), own),
  'turned round by @reverse':                 (did) => sealed(claim(own.did, { '@reverse': { [ISSUER]: { id: did } } }), own),
  'its proof by a key that it does not have': (did) => sealed(claim(own.did), own, { verificationMethod: `${did}#certificates-1` }),
  'its key in capitals':                      (did) => sealed(claim(own.did), own, { verificationMethod: `${did}#CERTIFICATES-1` }),
  'a set of proofs, one of them its':         async (did) => {
    const signed = await sealed(claim(own.did), own)
    const second = { ...(signed.proof as Doc), verificationMethod: `${did}#certificates-1` }
    return put(signed, '/proof', [signed.proof, second])
  },
  'the controller named in the proof':        (did) => sealed(claim(did), own, { controller: did }),
  'a key of the sandbox':                     (did, open) => signAsBody(claim(did), 'sandbox', open),
  'a key of another body':                    (did, open) => signAsBody(claim(did), 'demo-th-dsd', open),
}

describe('a stranger who imitates a registered body (I5, I11)', () => {
  test.each(Object.entries(disguises))('%s', async (_, make) => {
    const document = await make(stand().didOf(body), stand())
    const answer = await stand().verify(document)
    expect(answer.status, answer.text).toBe(200)
    const { verdict, certificate, issuer } = answer.json<{
      verdict: string
      certificate?: object
      issuer: { today: { standing: string } }
    }>()
    expect(verdict).not.toBe('valid')
    expect(certificate).toBeUndefined()
    expect(issuer.today.standing).toBe('unknown')
    const adapter = await stand().ask('/credentials/verify', { body: { verifiableCredential: document } })
    expect(adapter.status, adapter.text).toBe(400)
  })
})

// biome-ignore format: it reads as a table
/** Documents signed with the body's own key that are not certificates of the profile, so the signature does not count. */
const otherForms: Record<string, Make> = {
  'a credential of VCDM 2.0':         (did, open) => signAsBody(claim(did), body, open),
  'a credential of VCDM 1.1':         (did, open) => signAsBody({ ...claim(did), '@context': ['https://www.w3.org/2018/credentials/v1', 'https://w3id.org/security/data-integrity/v2'], issuanceDate: '2026-01-01T00:00:00Z' }, body, open),
  'an inline context':                async (_, open) => signAsBody(withContext(await open.document('in-force'), { x: `${OB}x` }), body, open),
  'a context that exchanges terms':   async (_, open) => withContext(await open.document('in-force'), { alias: OB }),
  'a type more':                      async (_, open) => signAsBody(put(copyOf(await open.document('in-force')), '/type', ['VerifiableCredential', 'OpenBadgeCredential', 'https://example.org/Diploma']), body, open),
  'types in another order':           async (_, open) => put(await open.document('in-force'), '/type', ['OpenBadgeCredential', 'VerifiableCredential']),
  'the name of the type before':      async (_, open) => signAsBody(put(copyOf(await open.document('in-force')), '/type', ['VerifiableCredential', 'AchievementCredential']), body, open),
  'its own member of another kind':   async (_, open) => signAsBody({ ...copyOf(await open.document('in-force')), image: { id: 'data:image/svg+xml,<svg/>', type: 'Image' } }, body, open),
  'a key of its lists':               async (_, open) => put(await open.document('in-force'), '/proof/verificationMethod', `${open.didOf(body)}#lists-1`),
  'a certificate of another body':    async (_, open) => signAsBody(copyOf(await open.document('mra-title')), body, open),
  'the same, unrecorded':             async (_, open) => signAsBody(copyOf(await open.document('in-force')), body, open),
  'another name, the id of a record': async (_, open) => signAsBody(put(await open.document('in-force'), '/credentialSubject/identifier/0/identityHash', 'CANARY OTHER'), body, open),
  'a later end, the id of a record':  async (_, open) => signAsBody(put(await open.document('in-force'), '/validUntil', '2090-01-01T00:00:00Z'), body, open),
  'a set of proofs, both its own':    async (_, open) => { const good = await open.document('in-force'); return put(good, '/proof', [good.proof, (await signAsBody(good, body, open)).proof]) },
  'a list of one proof':              async (_, open) => { const good = await open.document('in-force'); return put(good, '/proof', [good.proof]) },
  'a chain of proofs':                async (_, open) => { const good = await open.document('in-force'); return put(good, '/proof', [{ ...(good.proof as Doc), id: 'urn:x:1' }, { ...(good.proof as Doc), previousProof: 'urn:x:1' }]) },
  'countersigned by a stranger':      async (_, open) => { const good = await open.document('in-force'); return put(good, '/proof', [good.proof, (await signAsStranger(good, own)).proof]) },
  'its proof inside the subject':     async (_, open) => { const good = await open.document('in-force'); return put(good, '/credentialSubject/proof', good.proof) },
}

describe('other documents signed by a body are never valid, and never fall back to the general mode (I11a)', () => {
  test.each(Object.entries(otherForms))('%s', async (_, make) => {
    const document = await make(stand().didOf(body), stand())
    const answer = await stand().verify(document)
    expect(answer.json().verdict, answer.text).toBe('invalid')
    expect(answer.text).not.toContain('"profile":"general"')
    const adapter = await stand().ask('/credentials/verify', { body: { verifiableCredential: document } })
    expect(adapter.status).toBe(400)
  })
})

prove()
