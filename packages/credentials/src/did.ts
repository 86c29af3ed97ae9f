import { isText, splitVerificationMethod } from './values.ts'

declare const did: unique symbol
/** A DID in the only spelling that we accept: no path, query or fragment, and escapes in upper case. */
export type Did = string & { readonly [did]: true }

export const isDid = (text: unknown): text is Did => isText('did', text)

/** Makes a `Did`, as only the two functions below do too. So a `Did` is always checked. Throws `TypeError`. */
export function parseDid(text: unknown): Did {
  if (!isDid(text)) throw new TypeError('not a DID')
  return text
}

/** Splits the DID URL of a key. Throws `TypeError` if it is none. */
export function parseVerificationMethod(text: unknown): { controller: Did; fragment: string } {
  const parts = splitVerificationMethod(text)
  if (parts === undefined) throw new TypeError('not a DID URL of a key')
  return { controller: parseDid(parts.controller), fragment: parts.fragment }
}

/**
 * `did:web:localhost%3A4700:issuers:sandbox` for the issuer `sandbox` of `http://localhost:4700`.
 * @see https://w3c-ccg.github.io/did-method-web/#create-register
 */
export function didForIssuer(baseUrl: string, issuerId: string): Did {
  return parseDid(`${prefixOf(baseUrl)}${issuerId}`)
}

/** The issuer of this registry that `text` names. Undefined for any other DID. */
export function issuerOfDid(text: string, baseUrl: string): string | undefined {
  const prefix = prefixOf(baseUrl)
  const issuer = text.slice(prefix.length)
  return text.startsWith(prefix) && isDid(text) && ISSUER.test(issuer) ? issuer : undefined
}

const ISSUER = /^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/

function prefixOf(baseUrl: string): string {
  const { host, pathname } = new URL(baseUrl)
  const path = pathname.split('/').filter((part) => part !== '')
  return `did:web:${[host.replaceAll(':', '%3A'), ...path, 'issuers'].join(':')}:`
}
