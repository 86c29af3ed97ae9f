import { type Scope, scopeWithin } from '@sijil/qualifications'
import { baselineOf, type CatalogueReader } from '../catalogue/reader.ts'

/** `scopeWithin`, with what the catalogue says. It is read only if a list of qualifications is compared with a framework. */
export async function compareScopes(
  inner: Scope,
  outer: Scope,
  catalogue: CatalogueReader,
): Promise<ReturnType<typeof scopeWithin>> {
  const [listed, held] = [inner.qualifications, outer.qualifications]
  const isAsked = held !== undefined && 'framework' in held && listed !== undefined && !('framework' in listed)
  const ids = isAsked ? listed : []
  const records = await Promise.all(ids.map(async (id) => [id, (await baselineOf(catalogue)(id))?.framework] as const))
  const frameworks = new Map(records)
  return scopeWithin(inner, outer, (id) => frameworks.get(id))
}
