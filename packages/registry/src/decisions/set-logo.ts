import { artefacts, type CheckedStore } from '../artefacts.ts'
import { RegistryError } from '../errors.ts'
import { nextCommit, streams } from '../stream.ts'
import { EVERYTHING } from '../trust/entity.ts'
import { type Logo, type LogoEvent, logoHistory, logoIn } from '../trust/logo.ts'
import { requireMember } from '../trust/members.ts'
import type { DecideDeps } from './decide-deps.ts'
import { requireAsProposed } from './own-records.ts'
import { imageFault, logoLimits } from './png/image-fault.ts'
import { readPng } from './png/read-png.ts'
import { writePng } from './png/write-png.ts'
import { type OwnChange, requireOwnBody } from './set-policy.ts'

export type LogoChange = { verb: 'set-logo'; logo: Logo | null } & OwnChange

/** Encoded anew, a picture of the largest size may be somewhat larger than the file that came. */
const MOST_STORED = 2 * logoLimits.bytes

/**
 * Decodes a PNG, encodes its pixels anew and stores that under its hash, so that nothing of the file that came is kept (P013). The proposal
 * then names it. Only a member who may propose for this body can store one. Throws `validation-failed`.
 */
export async function storeLogo(
  { body, subject, png }: { body: string; subject: string; png: Uint8Array },
  { store, files }: Pick<DecideDeps, 'store'> & { files: Pick<CheckedStore, 'put'> },
): Promise<Logo> {
  await requireMember({ owner: body, subject, role: 'propose' }, { reader: store })
  const picture = readPng(png)
  const encoded = writePng(picture)
  if (encoded.length > MOST_STORED) throw imageFault('image-too-large')
  const { digest } = await files.put(artefacts.logo, encoded)
  return { digest, width: picture.width, height: picture.height }
}

/** Records the logo of a body from a moment on. `null`: none. */
export async function setLogo(
  { body, effectiveAt, version, logo }: Omit<LogoChange, 'verb'>,
  { authority, actor }: { authority: string; actor: string },
  deps: DecideDeps,
): Promise<void> {
  await requireOwnBody(body, authority, deps)
  const history = await logoHistory(body, deps.store)
  requireAsProposed(history, version)
  const present = logoIn(history, { effective: effectiveAt, recorded: EVERYTHING })
  if (present?.digest === logo?.digest)
    throw new RegistryError('conflict', 'this is its logo on that day already', { reason: 'nothing-changes' })
  const event: LogoEvent = { type: 'logo-set', logo }
  await deps.store.append(
    nextCommit(streams.own(body, 'logo'), history, { events: [event], actor, effectiveAt, now: deps.now }),
  )
}
