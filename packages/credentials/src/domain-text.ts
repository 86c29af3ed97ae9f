import { sha256 } from './crypto.ts'

/** The claim that a body controls the domain of its website. The body shows it by publishing a one-time text there. */
export interface DomainClaim {
  /** Address of the registry in which the body is to be registered. */
  registry: string
  /** Its id there. */
  body: string
  domain: string
}

/** No text is longer in bytes. Some servers add line feeds. */
export const MAX_DOMAIN_TEXT = 1_024

/** The domain of a website, and the address at which its owner publishes the text. */
export const placeOfDomainText = ({ host, origin }: URL): { domain: string; address: string } => ({
  domain: host,
  address: `${origin}/.well-known/sijil-registry`,
})

const linesOf = ({ registry, body, domain }: DomainClaim) => ['sijil domain control v1', registry, body, domain]

/** The text to publish. `mark` is its last line: nobody else can guess it, so a text from another occasion shows nothing. */
export const createDomainText = (claim: DomainClaim, mark: string): string => [...linesOf(claim), mark, ''].join('\n')

/** The first thing that is wrong with a text. The names are reasons of refusals (`packages/registry`). */
export type DomainTextFault =
  | 'not-a-domain-text'
  | 'text-of-another-registry'
  | 'text-of-another-body'
  | 'text-of-another-website'
  | 'another-text'

const faults = [
  'not-a-domain-text',
  'text-of-another-registry',
  'text-of-another-body',
  'text-of-another-website',
] as const satisfies readonly DomainTextFault[]

/**
 * Reads the mark of a text for this claim. Ends of lines and line feeds at the end do not count, because servers, editors and browsers
 * change them. Any other difference is a fault.
 */
export function readDomainText(text: string, claim: DomainClaim): { mark: string } | { fault: DomainTextFault } {
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  const wrong = linesOf(claim).findIndex((line, at) => lines[at] !== line)
  const fault = faults[wrong]
  if (fault !== undefined) return { fault }
  const [mark = '', ...more] = lines.slice(faults.length)
  return mark === '' || more.length > 0 ? { fault: 'another-text' } : { mark }
}

/** SHA-256 in base64url. It is recorded with the registration. */
export const hashDomainText = (text: string): string => Buffer.from(sha256(text)).toString('base64url')
