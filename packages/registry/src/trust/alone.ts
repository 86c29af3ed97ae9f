import { requireMember } from '../members.ts'
import { type CertificateEvent, recordOf } from '../record.ts'
import type { CommitReader } from '../stream.ts'
import { type Deciding, suspendAccreditation } from './accredit.ts'
import { requireOversight } from './carry-out.ts'
import { suspendKey } from './keys.ts'

/** What one officer may do alone: take trust away, at once, in a way that can be undone. */
export async function suspendByOfficer(
  request: { authority: string; subject: string; grantee: string; grant: string; basis: string },
  needs: Deciding,
): Promise<void> {
  const { authority, subject, grantee, grant, basis } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: needs.store })
  await suspendAccreditation(
    { grantee, grant, by: authority, basis, actor: subject, effectiveAt: needs.now.toISOString() },
    needs,
  )
}

export async function suspendKeyByOfficer(
  request: { authority: string; subject: string; issuer: string; kid: string },
  needs: Deciding,
): Promise<void> {
  const { authority, subject, issuer, kid } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: needs.store })
  await requireOversight(authority, issuer, needs)
  await suspendKey({ id: issuer, kid, actor: subject }, needs)
}

/** More than this is said as "at least". */
const COUNTED = 10_000

/** How many certificates of a body are in force: those that a withdrawal would touch. The list is for the body itself. */
export async function countAffected(
  issuer: string,
  { store }: { store: CommitReader },
): Promise<{ affected: number; atLeast?: true }> {
  let affected = 0
  let after: string | undefined
  do {
    const page = await store.list<CertificateEvent>(`CERTIFICATES#${issuer}`, {
      limit: 100,
      newestFirst: true,
      ...(after && { after }),
    })
    for (const { stream } of page.commits) {
      const record = recordOf(stream.split('/').at(-1) ?? '', await store.read<CertificateEvent>(stream))
      if (record?.state === 'in-force' || record?.state === 'suspended') affected++
    }
    after = page.next
    if (affected >= COUNTED) return { affected, atLeast: true }
  } while (after !== undefined)
  return { affected }
}
