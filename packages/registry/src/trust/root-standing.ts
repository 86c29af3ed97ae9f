import { findQualification } from '@sijil/qualifications'
import type { IssuerAnswer } from '../verification/verification.ts'
import { byMandate, linkOf, rootLink } from './chain-link.ts'
import type { Entity } from './entity.ts'
import type { Right } from './events.ts'
import { isWholeRoot, speaksOf, type TrustPolicy } from './policy.ts'
import { sentenceFor } from './sentence.ts'

/** What somebody of this kind is asked about, where nobody says which right is meant. */
export const usualRight = ({ kind }: Pick<Entity, 'kind'>): Right =>
  kind === 'centre' ? 'assess' : kind === 'authority' ? 'accredit' : 'issue'

/** A root accredits by its own mandate for what its state speaks of, since it was registered: no grant says so. Nothing for anybody else. */
export function rootStanding(
  entity: Entity,
  {
    qualification: id,
    effective,
    recorded,
    policy,
  }: { qualification: string; effective: string; recorded: string; policy: TrustPolicy },
): IssuerAnswer | undefined {
  if (!isWholeRoot(entity, policy) || entity.registeredFrom > effective) return undefined
  const qualification = findQualification(id)
  const isIts = qualification !== undefined && speaksOf(entity, qualification)
  const judged = isIts
    ? { standing: 'authorised' as const, chain: [rootLink(entity)] }
    : {
        standing: 'not-for-this' as const,
        outside: 'qualification' as const,
        chain: [linkOf(entity, 'not-for-this', byMandate(entity))],
      }
  const { acronym, name } = entity.identity
  const sentence = sentenceFor(judged, acronym ?? name, qualification?.title ?? 'this qualification', 'accredit')
  return { ...judged, sentence, effective, recorded }
}
