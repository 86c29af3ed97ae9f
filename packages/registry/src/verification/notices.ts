import type { Certificate } from '@sijil/credentials'
import { endOfEdition, type Qualification } from '@sijil/qualifications'
import type { Notice } from './verification.ts'

/** What a reader should know beside the verdict. A notice is no failure: our record of editions binds no issuer. */
export function noticesOf(
  { qualification: stated, awardedOn, assessedOn, validFrom }: Certificate,
  record: Qualification,
): Notice[] {
  const awarded = awardedOn ?? assessedOn ?? validFrom.slice(0, 10)
  const since = endOfEdition(record, stated.edition)
  if (since === undefined || awarded < since) return []
  const sentence = `The award names an edition of the standard that had ended on ${since}, by the record of this registry.`
  return [{ code: 'edition-ended', sentence, since }]
}
