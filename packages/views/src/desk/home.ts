import { listOffices } from '@sijil/registry/trust'
import type { DeskHomeValues } from '@sijil/web'
import { type DeskDeps, namedOf } from './office.ts'

/** The authorities for which an officer may work. */
export async function deskHomeView(subject: string, deps: DeskDeps): Promise<DeskHomeValues> {
  const offices = await listOffices(subject, { reader: deps.store })
  return {
    authorities: await Promise.all(
      offices.map(async ({ owner, roles }) => ({ ...(await namedOf(owner, deps)), roles })),
    ),
  }
}
