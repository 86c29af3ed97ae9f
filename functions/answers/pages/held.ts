import type { Answer, Request } from '@sijil/http'
import { findByLink, goneLink, openLink } from '@sijil/registry/verification'
import { type HeldFault, linkToToken, parseToken } from '@sijil/web'
import type * as z from 'zod/mini'
import type { heldInput } from './inputs.ts'
import { atNow, type PageParts, page } from './parts.ts'

type Asked = Pick<Request<unknown, unknown, z.output<typeof heldInput>, unknown>, 'input' | 'wants'>
type Found = Exclude<Awaited<ReturnType<typeof findByLink>>, { why: string }>

/** Opens the link of one form. A person who mistyped it gets the form again, and a program the problem. */
export async function heldAnswer(
  { input: { link }, wants }: Asked,
  parts: PageParts,
  { again, answer }: { again: (fault: HeldFault) => Promise<string>; answer: (found: Found) => Promise<Answer> },
): Promise<Answer> {
  const deps = atNow(parts)
  const token = linkToToken(link, parts.baseUrl) ?? parseToken(link)
  const isForPeople = wants !== 'json'
  if (isForPeople && token === undefined) return page(await again('link'), 422)
  if (isForPeople && (await openLink(token ?? '', deps)) === undefined) return page(await again('unknown'), 422)
  const found = await findByLink(token ?? '', deps)
  if (!('why' in found)) return answer(found)
  if (isForPeople) return page(await again('gone'), 410)
  throw goneLink(found)
}
