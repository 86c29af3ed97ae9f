import { listDue } from '@sijil/registry/erasure'
import type { DueValues } from '@sijil/web'
import { titlesToday } from './certificates.ts'
import { type DeskDeps, namedEntity, type Office } from './office.ts'

/** The certificates of a body that were issued so many years ago or earlier. `years` is its period of retention. */
export async function dueView(
  { authority: body }: Office,
  { subject, years, ...page }: { subject: string; years: number; limit: number; after?: string },
  deps: DeskDeps,
): Promise<{ values: DueValues; next?: string }> {
  const before = new Date(deps.now)
  before.setUTCFullYear(before.getUTCFullYear() - years)
  const { certificates, next } = await listDue({ issuer: body.id, subject, before, ...page }, { reader: deps.store })
  const titleOf = titlesToday(deps)
  const due = await Promise.all(
    certificates.map(async ({ uuid, qualification, issuedAt }) => ({
      id: uuid,
      title: await titleOf(qualification),
      issuedAt,
    })),
  )
  return { values: { body: namedEntity(body), years, due }, ...(next && { next }) }
}
