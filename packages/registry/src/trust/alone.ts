import { requireMember } from '../members.ts'
import { readingOf } from '../stream.ts'
import { suspendAccreditation } from './accredit.ts'
import type { Deciding } from './deciding.ts'
import { type Grounds, groundsOf } from './events.ts'
import { suspendKey } from './keys.ts'
import { requireFullOversight } from './overseers.ts'

/** What one officer may do alone: take trust away, at once, in a way that can be undone. */
export async function suspendByOfficer(
  request: { authority: string; subject: string; grantee: string; grant: string } & Grounds,
  needs: Deciding,
): Promise<void> {
  const { authority, subject, grantee, grant } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: needs.store })
  await suspendAccreditation(
    { grantee, grant, by: authority, ...groundsOf(request), actor: subject, effectiveAt: needs.now.toISOString() },
    needs,
  )
}

export async function suspendKeyByOfficer(
  request: { authority: string; subject: string; issuer: string; kid: string },
  needs: Deciding,
): Promise<void> {
  const { authority, subject, issuer, kid } = request
  await requireMember({ owner: authority, subject, role: 'propose' }, { reader: needs.store })
  await requireFullOversight(authority, issuer, needs)
  const { store, now } = needs
  const append: typeof store.append = (commit) => store.append({ ...commit, by: authority })
  await suspendKey({ id: issuer, kid, actor: subject }, { store: { ...readingOf(store), append }, now })
}
