import { createPageToken, readPage, route } from '@sijil/http'
import { accreditationsAt, type Entity, isRoot } from '@sijil/registry'
import { entityOf, type PageParts } from './parts.ts'
import { listRegistered } from './registrations.ts'

/** Competent authorities, oldest registration first: who stands at the top of which list, by which law. */
export const authoritiesAnswers = (parts: PageParts) => ({
  'GET /authorities': route<Record<never, string>, undefined>({
    async answer({ query }) {
      const now = parts.clock()
      const question = { index: 'ENTITIES', filters: { kind: 'authority' } }
      const found = await listRegistered(
        parts.reader,
        readPage(query, question),
        ({ type }) => type === 'authority-registered',
      )
      const entities = await Promise.all(found.ids.map((id) => entityOf(id, now, parts)))
      const authorities = entities
        .filter((entity) => entity !== undefined)
        .map((entity) => authorityOf(entity, now, parts))
      return {
        status: 200,
        body: {
          asOf: now.toISOString(),
          authorities,
          ...(found.next && { next: createPageToken(found.next, question) }),
        },
      }
    },
  }),
})

function authorityOf(entity: Entity, now: Date, { policy }: PageParts) {
  const { id, identity, successor } = entity
  return {
    id,
    ...identity,
    /** As a root, by this deployment. */
    accepted: isRoot(entity, policy),
    ...(successor && { successor }),
    accreditations: accreditationsAt(entity, now.toISOString()),
  }
}
