import { route, type SignedIn } from '@sijil/http'
import { RegistryError } from '@sijil/registry'
import { awaitedOf, decidesAbout, speaking } from '@sijil/registry/decisions'
import { type Grant, grantState, listGiven } from '@sijil/registry/trust'
import { type AccreditationValues, accreditationPage, deskPath, groundsInWords } from '@sijil/web'
import { accreditationOf } from '../accreditation-id.ts'
import type { Deciding } from '../deciding.ts'
import { page } from '../pages/parts.ts'
import {
  type DeskParts,
  type DeskRequest,
  deskContext,
  findEntity,
  namedEntity,
  orReturned,
  requireOffice,
  seeOther,
} from './parts.ts'
import { changeOf, suspensionOf, textsIn } from './reason-input.ts'
import { shownAffected, shownGrant, shownTerms } from './shown-change.ts'

type OfOne = { authority: string; id: string }
type Form = Readonly<Record<string, unknown>>
type Asked = DeskRequest & { params: OfOne }

/** Its terms have the basis of whoever set them last; that of a suspension, or of a withdrawal to come, is another. */
function basesOf(grant: Grant, now: string) {
  const { changes } = grant
  const terms = changes.findLast(({ type, effectiveAt }) => type === 'amended' && effectiveAt <= now)
  const [last] = changes.filter(({ type }) => type !== 'amended' && type !== 'joined').slice(-1)
  const withdrawn = changes.find(({ type, effectiveAt }) => type === 'withdrawn' && effectiveAt > now)
  return {
    basis: groundsInWords(terms ?? grant),
    ...(last && { stateBasis: groundsInWords(last) }),
    ...(withdrawn && { withdrawnFrom: withdrawn.effectiveAt }),
  }
}

/** One accreditation: what it allows, how many certificates rest on it, and what may be done about it. */
export const accreditationAnswers = (parts: DeskParts, verbs: Deciding) => {
  const valuesOf = async ({ authority: id, id: name }: OfOne, caller: SignedIn): Promise<AccreditationValues> => {
    const { authority, roles } = await requireOffice(id, caller, parts)
    const { grantee, grant: grantId } = accreditationOf(name)
    const entity = await findEntity(grantee, parts)
    const grant = entity?.grants.find((each) => each.id === grantId)
    const now = parts.clock()
    if (entity === undefined || grant === undefined || !(await decidesAbout(entity, grant, id, { ...parts, now })))
      throw new RegistryError('not-found', 'no such accreditation')
    const also = (await speaking(entity, id, { ...parts, now })).filter((other) => other !== grantId)
    // What stands below each of them is found in what was given, which is read once.
    const how = also.length > 0 ? { given: await listGiven(parts.store) } : {}
    const awaiting = awaitedOf(grant, id)
    const awaited = awaiting.at(-1)
    return {
      authority: namedEntity(authority),
      grantee: namedEntity(entity),
      grant: shownGrant(grantee, grant, now.toISOString()),
      ...(awaited && { awaited: shownTerms(awaited), awaitedAlso: awaiting.slice(0, -1).map(shownTerms) }),
      state: grantState(grant, now.toISOString()).in,
      ...basesOf(grant, now.toISOString()),
      affected: shownAffected(await verbs.countUnder({ grantee, grant: grantId }, how)),
      ...(also.length > 0 && {
        affectedWithAll: shownAffected(await verbs.countUnder({ grantee, grant: grantId, also }, how)),
      }),
      goesOn: entity.grants.some(
        (other) =>
          other.id !== grantId && other.right === grant.right && grantState(other, now.toISOString()).in === 'force',
      ),
      mayPropose: roles.includes('propose'),
    }
  }
  const shown = async (asked: Asked, returned?: AccreditationValues['returned']) =>
    accreditationPage(
      { ...(await valuesOf(asked.params, asked.caller)), ...(returned && { returned }) },
      deskContext(asked, deskPath(asked.params.authority, 'accreditations', asked.params.id), parts),
    )

  const asking = ({ params, caller }: Asked) => ({ authority: params.authority, subject: caller.subject })
  /** A form of this page: does it, or comes back with what was typed. */
  const form = (
    verb: 'suspend' | 'lift' | 'join' | 'withdraw',
    work: (asked: Asked, fields: Form) => Promise<string>,
  ) =>
    route<OfOne, SignedIn>({
      body: 'form',
      answer: (asked) => {
        const fields = asked.input as Form
        return orReturned(
          async () => seeOther(await work(asked, fields), asked),
          (problem) => shown(asked, { verb, problem, typed: textsIn(fields, ['basis', 'why', 'from', 'all']) }),
          parts,
        )
      },
    })
  const proposing = (verb: 'lift' | 'join' | 'withdraw') =>
    form(verb, async (asked, fields) => {
      const { id } = await verbs.change(verb, asking(asked), asked.params.id, changeOf(fields))
      return deskPath(asked.params.authority, 'proposals', id)
    })

  return {
    'GET /desk/authorities/{authority}/accreditations/{id}': route<OfOne, SignedIn>({
      answer: async (asked) => page(await shown(asked)),
    }),
    'POST /desk/authorities/{authority}/accreditations/{id}/suspend': form('suspend', async (asked, fields) => {
      const { authority, id } = asked.params
      await verbs.suspend(asking(asked), id, suspensionOf(fields))
      return deskPath(authority, 'accreditations', id)
    }),
    'POST /desk/authorities/{authority}/accreditations/{id}/lift': proposing('lift'),
    'POST /desk/authorities/{authority}/accreditations/{id}/join': proposing('join'),
    'POST /desk/authorities/{authority}/accreditations/{id}/withdraw': proposing('withdraw'),
  }
}
