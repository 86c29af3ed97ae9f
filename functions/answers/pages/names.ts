import { entityOf, type PageParts } from './parts.ts'

/** Ids as somebody is called by name. */
export type Names = (id: string) => string

/** Whoever is not there any more keeps the id. */
export async function namesOf(ids: readonly string[], now: Date, parts: PageParts): Promise<Names> {
  const known = [...new Set(ids)].map(
    async (id) => [id, (await entityOf(id, now, parts))?.identity.name ?? id] as const,
  )
  const names = new Map(await Promise.all(known))
  return (id) => names.get(id) ?? id
}
