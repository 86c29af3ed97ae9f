import { type Certificate, CURRENT_FORM } from '@sijil/credentials'
import { catalogueOf } from '../catalogue/reader.ts'
import { requireFreeNumber } from '../certificates/certificate-number.ts'
import type { IssueInput } from '../certificates/issue-input.ts'
import { issuerSecret, lookTag, numberTag } from '../certificates/secrecy.ts'
import { wholeSecond } from '../moments.ts'
import { readOnce } from '../stream.ts'
import { requireMember } from '../trust/members.ts'
import { trustOf } from '../trust/reader.ts'
import { composeCertificate, planCertificate } from './compose.ts'
import { interruptionsOf, requireNotPaused } from './interruptions.ts'
import { requireCentre } from './issue-centre.ts'
import type { IssueDeps } from './issue-deps.ts'
import { requireAuthority } from './issuing-authority.ts'
import { requireRenewable } from './renew.ts'
import { requireReplaceable } from './replace.ts'
import { requireRecipient } from './send-letter.ts'
import { requireSigningBody } from './signing-body.ts'

/** No certificate has this id. The preview is never recorded or signed. */
const NO_ID = '00000000-0000-4000-8000-000000000000'

/**
 * The certificate as it would be issued now, with every check of issuing that needs no reservation. Nothing is written. Throws what
 * issuing would throw.
 */
export async function previewCertificate(
  { issuer, subject, input }: { issuer: string; subject: string; input: IssueInput },
  deps: Pick<IssueDeps, 'store' | 'secrets' | 'policy' | 'baseUrl' | 'now'>,
): Promise<Certificate> {
  const { now, policy, baseUrl, secrets } = deps
  await requireMember({ owner: issuer, subject, role: 'issue' }, { reader: deps.store })
  const reader = readOnce(deps.store)
  const trust = trustOf(reader)
  const body = await requireSigningBody(issuer, { trust, now })
  const planned = await planCertificate(input, { catalogue: catalogueOf(reader), now })
  const plan = await requireCentre(planned, { trust, policy, now })
  await requireRecipient(plan, { issuer, trust, now })
  await requireAuthority({ plan, body, trust }, deps)
  requireNotPaused(await interruptionsOf(body.id, deps.store), plan.qualification.id)
  const { replaces, renews, certificateNumber } = plan.input
  if (replaces !== undefined) await requireReplaceable(body.id, replaces, deps)
  if (renews !== undefined) await requireRenewable(body.id, { renews, qualification: plan.qualification.id }, deps)
  const secret = await issuerSecret(body.id, { reader, secrets })
  const [tag, look] = [numberTag(secret, certificateNumber), await lookTag(secret, certificateNumber)]
  await requireFreeNumber(
    { issuer: body.id, tag, look, uuid: NO_ID, ...(replaces && { replaces }), ...(renews && { renews }) },
    { reader },
  )
  const created = wholeSecond(now)
  const fixed = { uuid: NO_ID, subject: NO_ID, created, status: { pair: `${body.id}-0`, index: 0 }, form: CURRENT_FORM }
  return composeCertificate(plan, fixed, body, baseUrl)
}
