import { type Answer, route, type SignedIn, sealOrder } from '@sijil/http'
import { RegistryError, type RegistryErrorCode } from '@sijil/registry'
import { beginSuccession, previewCertificate, proposeNumber, type Succession } from '@sijil/registry/issuance'
import {
  issuableView,
  issueFormView,
  namedEntity,
  namedOf,
  type Office,
  requireIssuing,
  requireMemberAt,
} from '@sijil/views/desk'
import {
  deskPathOf,
  type Followed,
  type IssueFormValues,
  issuablePage,
  issueCheckPage,
  issueFormPage,
  STEP,
  type TypedFields,
} from '@sijil/web'
import { type DeskRequest, deskContext, orReturned, withKept } from '../desk/parts.ts'
import { page } from '../pages/parts.ts'
import { uuidOf } from '../uuid-of.ts'
import { type Hidden, hiddenIn, readCertificate, refusal, typedCertificate, typedFrom } from './issue-input.ts'
import type { Form, OfficeParts } from './parts.ts'

type OfBody = { issuer: string }
type Asked<Params extends OfBody = OfBody> = DeskRequest & { params: Params }

/** What a person can correct in the form. The page of the form shows it, with what was typed. */
const correctable: readonly RegistryErrorCode[] = [
  'validation-failed',
  'conflict',
  'in-progress',
  'type-not-in-scope',
  'issuer-suspended',
  'issuer-not-accredited',
  'issuing-paused',
]

/**
 * One way to each certificate: choose, fill in, check, sign. A correction and a renewal begin with the details of the holder. The press on
 * the page of the check goes to the function `issue`, with an order that this one seals.
 */
export const issuingAnswers = (parts: OfficeParts) => {
  const { store, policy, secrets, boxes, baseUrl, patience } = parts
  const deps = () => ({
    store,
    policy,
    secrets,
    boxes,
    baseUrl,
    patience,
    qualifications: parts.qualifications,
    now: parts.clock(),
  })
  const pathOf = ({ params: { issuer } }: Asked) => deskPathOf('issuers', issuer, 'issue')
  const officeOf = async ({ params: { issuer }, caller }: Asked) =>
    requireIssuing(await requireMemberAt(issuer, caller.subject, deps()))

  /** For a form in which no number was typed. */
  const proposed = ({ authority }: Office, qualification: string, { caller: { subject } }: Asked) =>
    proposeNumber({ issuer: authority.id, subject, qualification }, { reader: store, secrets, now: parts.clock() })

  const formPage = async (
    asked: Asked,
    { office, hidden, typed }: { office: Office; hidden: Hidden; typed?: TypedFields },
    more: Pick<IssueFormValues, 'problem' | 'note'> = {},
  ): Promise<string> => {
    const { qualification = '', edition } = hidden
    const form = await issueFormView(office, { qualification, edition }, deps())
    if (form === undefined) throw new RegistryError('not-found', 'no such qualification')
    const { begins, ...values } = form
    const follows = followedIn(hidden)
    const known = { ...hidden, qualification, edition: form.qualification.edition, key: hidden.key ?? parts.newId() }
    const hasUnits = Object.keys(typed ?? {}).some((name) => name.startsWith('units:'))
    const next = isCorrection(hidden) ? undefined : await proposed(office, qualification, asked)
    // With a pattern, the field stays empty and says what follows from that. Without one, the number stands in it.
    const number = typed?.certificateNumber ?? (next?.pattern === undefined ? next?.number : undefined)
    const filled = { ...(hasUnits ? {} : begins), ...typed, ...(number && { certificateNumber: number }) }
    const fields = next?.pattern === undefined ? values.fields : withNext(values.fields, next.number)
    return issueFormPage(
      { ...values, fields, ...(follows && { follows }), typed: filled, hidden: known, ...more },
      deskContext(
        asked,
        follows ? deskPathOf('issuers', office.authority.id, 'certificates', follows.id) : pathOf(asked),
        parts,
      ),
    )
  }

  /** A field that the clerk left empty gets the next number by the pattern of the body, if it has one. */
  const numbered = async (
    typed: TypedFields,
    { asked, office, hidden }: { asked: Asked; office: Office; hidden: Hidden },
  ): Promise<TypedFields> => {
    if ((typed.certificateNumber ?? '').trim() !== '' || isCorrection(hidden)) return typed
    const next = await proposed(office, hidden.qualification ?? '', asked)
    return next?.pattern === undefined ? typed : { ...typed, certificateNumber: next.number }
  }

  const checked = async (asked: Asked, office: Office, form: Form): Promise<Answer> => {
    const hidden = hiddenIn(form)
    const all =
      (await issueFormView(office, { qualification: hidden.qualification ?? '', edition: hidden.edition }, deps()))
        ?.begins ?? {}
    const sent = await numbered(typedCertificate(form), { asked, office, hidden })
    const typed = withoutWhole(sent, all)
    const fields = { ...typed, ...hidden }
    const { input } = readCertificate(fields)
    const issuer = office.authority.id
    const certificate = await previewCertificate({ issuer, subject: asked.caller.subject, input }, deps())
    const path = `${pathOf(asked)}/sign`
    const order = await sealOrder(
      { owner: issuer, path, caller: asked.caller, fields, now: parts.clock() },
      parts.orders,
    )
    const follows = followedIn(hidden)
    const recipient = input.recipient === undefined ? undefined : await namedOf(input.recipient, deps())
    return page(
      issueCheckPage(
        {
          ...{ body: namedEntity(office.authority), certificate, fields, order },
          ...(follows && { follows }),
          ...(recipient && { recipient }),
        },
        deskContext(asked, pathOf(asked), parts),
      ),
    )
  }

  const succeeding = (succession: Succession) =>
    route<OfBody & { id: string }, SignedIn>({
      body: 'form',
      async answer(asked) {
        const office = await officeOf(asked)
        const id = uuidOf(asked.params.id)
        const { issuer } = asked.params
        const { number, input } = await beginSuccession(
          { issuer, uuid: id, subject: asked.caller.subject, succession },
          deps(),
        )
        const hidden = {
          qualification: input.qualification,
          former: number,
          ...(input.edition && { edition: input.edition }),
          ...(input.replaces && { replaces: input.replaces }),
          ...(input.renews && { renews: input.renews }),
        }
        return page(await formPage(asked, { office, hidden, typed: typedFrom(input) }))
      },
    })

  return {
    'GET /desk/issuers/{issuer}/issue': route<OfBody, SignedIn>({
      async answer(asked) {
        const office = await officeOf(asked)
        const { qualification, edition } = asked.query
        return withKept(asked, pathOf(asked), { kept: parts.sessions.kept, clock: parts.clock }, async (fields) => {
          if (fields !== undefined)
            return formPage(
              asked,
              { office, hidden: hiddenIn(fields), typed: typedCertificate(fields) },
              { note: 'kept' },
            )
          if (qualification) return formPage(asked, { office, hidden: { qualification, ...(edition && { edition }) } })
          return issuablePage(await issuableView(office, deps()), deskContext(asked, pathOf(asked), parts))
        })
      },
    }),
    'POST /desk/issuers/{issuer}/issue': route<OfBody, SignedIn>({
      body: 'form',
      keepsForm: true,
      async answer(asked) {
        const office = await officeOf(asked)
        const { order: _, ...form } = asked.input as Form
        const [hidden, typed] = [hiddenIn(form), typedCertificate(form)]
        if (form[STEP] !== 'check') return page(await formPage(asked, { office, hidden, typed }))
        return orReturned(
          () => checked(asked, office, form),
          (problem) => formPage(asked, { office, hidden, typed }, { problem }),
          { ...parts, wants: asked.wants, codes: correctable },
        )
      },
    }),
    'POST /desk/issuers/{issuer}/certificates/{id}/correct': succeeding('correct'),
    'POST /desk/issuers/{issuer}/certificates/{id}/renew': succeeding('renew'),
  }
}

/** The certificate that the form follows, as its hidden fields say. The registry judges it when it is signed. */
function followedIn({ replaces, renews, former = '' }: Hidden): Followed | undefined {
  const id = replaces ?? renews
  if (id === undefined) return undefined
  return { succession: replaces === undefined ? 'renew' : 'correct', number: former, id: uuidOf(id) }
}

/** A correction keeps the number. */
const isCorrection = ({ replaces }: Hidden): boolean => replaces !== undefined

const withNext = (fields: IssueFormValues['fields'], next: string): IssueFormValues['fields'] =>
  fields.map((field) => (field.name === 'certificateNumber' ? { ...field, isOptional: true, next } : field))

/** A request that names no unit is for the whole qualification. Nobody gets the whole by taking off every tick. */
function withoutWhole(typed: TypedFields, all: TypedFields): TypedFields {
  const units = Object.keys(all)
  const ticked = units.filter((name) => typed[name] === 'yes')
  if (units.length > 0 && ticked.length === 0)
    throw refusal([{ pointer: '/units', detail: 'name at least one unit', reason: 'missing' }])
  if (ticked.length < units.length) return typed
  return Object.fromEntries(Object.entries(typed).filter(([name]) => !units.includes(name)))
}
