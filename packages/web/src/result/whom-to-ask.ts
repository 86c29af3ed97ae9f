import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { askAt, askList, findIssuer } from '../offices.ts'
import { issuerLink, type Reading } from './reading.ts'

/** Who can say more about this answer: the issuer, or the authority that decided what the issuer cannot change. */
export function whomToAsk(reading: Reading): Html {
  const { state, values, changer, page } = reading
  const { issuer, authority, changer: office } = values.offices ?? {}
  switch (state) {
    case 'unknownIssuer':
    case 'endedUnknown':
      return askList(undefined, page)
    // Only its operator can say why a registry refuses somebody, and another registry answers for its own record.
    case 'refusedIssuer':
    case 'notFinished':
    case 'notACertificate':
      return html``
    // The issuer cannot confirm its own accreditation.
    case 'notAuthorised':
      return authority === undefined
        ? askList(issuerLink(values.verification)?.state ?? issuer?.state, page)
        : askAt(authority, undefined, page)
    default: {
      const asked = changer === undefined ? issuer : office
      return asked === undefined ? findIssuer(page) : askAt(asked, asked === issuer ? authority : undefined, page)
    }
  }
}
