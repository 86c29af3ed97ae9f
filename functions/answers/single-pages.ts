import { type Answer, approvingSignIn, parseInput, route, type SignedIn } from '@sijil/http'
import {
  approveSingle,
  askForChange,
  lookForOfficer,
  openLetter,
  openSingle,
  proposeSingle,
  rehearseSingle,
  rejectSingle,
  requireSingle,
  type SingleDraft,
  type SingleTerms,
} from '@sijil/registry/decisions'
import { decidersOf } from '@sijil/registry/trust'
import { lettersView, lookedView, officeValues, requireOffice, singleFields, singleView } from '@sijil/views/desk'
import {
  type DeskProblem,
  type SinglePress,
  singleCheckPage,
  singleFormPage,
  singlePage,
  singlesPage,
  singlesPath,
  type TypedFields,
} from '@sijil/web'
import * as z from 'zod'
import { decisionId } from './decision-id.ts'
import { readForm, typedIn } from './desk/action-form.ts'
import { correctable, type DeskRequest, deskContext, orReturned, seeOther } from './desk/parts.ts'
import { page } from './pages/parts.ts'
import type { RecogniseParts } from './recognise-parts.ts'
import { appealSingleInput, endSingleInput, singleInput } from './recognition-inputs.ts'
import { listsOf } from './single-lists.ts'
import { strict } from './strict.ts'
import { tokenOf } from './token-of.ts'

type OfAuthority = { authority: string }
type OfOne = OfAuthority & { id: string }
type Asked<Params extends OfAuthority = OfAuthority> = DeskRequest & { params: Params; input?: unknown }
type Form = Readonly<Record<string, unknown>>

const pressInput = z.enum(
  [
    'look',
    'check',
    'change',
    'propose',
    'open',
    'letter',
    'approve',
    'reject',
    'end',
    'appeal',
  ] as const satisfies SinglePress[],
  { error: 'must be a button of the page' },
)
const linkInput = z.object({ link: z.string().max(500), replaces: z.string().optional() })
const approvalInput = z.object({ hash: z.string().max(100), link: z.string().max(500).optional() })
/** The fields of the second step. `?`: may stay empty. */
const terms = {
  fields: [
    'result',
    'decidedUnits?',
    'measures?',
    'conditions?',
    'endsOn?',
    'entitles?',
    'appeal',
    'basis',
    'reason?',
    'showRefusal?',
    'registration.activity?',
    'registration.scope?',
    'registration.place?',
    'registration.supervisor?',
    'registration.from?',
    'registration.isRenewable?',
  ],
} as const

/** Problems that the page of one decision shows at its top. */
const decidable = [...correctable, 'four-eyes-required'] as const

/** The three steps of one officer, and the approval of another one. Each page that names a certificate is the answer of a POST. */
export const singlePageAnswers = ({ clock, newId, approving, ...parts }: RecogniseParts) => {
  const deps = () => ({ ...parts, now: clock() })
  const officeOf = ({ params, caller }: Asked) =>
    requireOffice(params.authority, caller.subject, { store: parts.store, policy: parts.policy, now: clock() })
  const contextOf = (asked: Asked, ...more: string[]) =>
    deskContext(asked, singlesPath(asked.params.authority, ...more), parts)

  const list = async (
    asked: Asked,
    { problem, opened }: { problem?: DeskProblem; opened?: { id: string; link: string } } = {},
  ): Promise<string> => {
    const { authority } = asked.params
    const office = await officeOf(asked)
    const place = { authority, subject: asked.caller.subject, query: asked.query }
    const { letters: arrived, ...lists } = await listsOf(place, { reader: parts.store, now: clock() })
    const reading = { store: parts.store, policy: parts.policy, now: clock() }
    const letters = await lettersView(arrived, opened, reading)
    return singlesPage(
      {
        ...officeValues(office),
        ...lists,
        letters,
        deciders: await decidersOf(authority, reading),
        ...(problem && { problem }),
      },
      contextOf(asked),
    )
  }

  const openedLetter = async ({ params: { authority }, caller: { subject } }: Asked, { letter }: Form) => {
    const id = decisionId(letter)
    const { link } = await openLetter({ authority, subject, id }, deps())
    return { id, link }
  }

  /** What the first step was about. Each later step carries it, because the link stands in no record. */
  const begun = (asked: Asked, form: Form) => {
    const { link, replaces } = parseInput(linkInput, form)
    const { authority } = asked.params
    return {
      link,
      asked: { authority, subject: asked.caller.subject, token: tokenOf(link, parts.baseUrl) },
      ...(replaces !== undefined && { replaces: decisionId(replaces) }),
    }
  }

  const formPage = async (asked: Asked, form: Form, typed: TypedFields, problem?: DeskProblem): Promise<string> => {
    const { link, replaces, asked: officer } = begun(asked, form)
    const looked = lookedView(await lookForOfficer(officer, deps()))
    const values = { looked, fields: singleFields(looked), typed, link, ...(replaces && { replaces }) }
    return singleFormPage(
      { ...officeValues(await officeOf(asked)), ...values, ...(problem && { problem }) },
      contextOf(asked),
    )
  }

  const checkedOrProposed = async (asked: Asked, form: Form, typed: TypedFields): Promise<Answer> => {
    const { link, replaces, asked: officer } = begun(asked, form)
    const stated = { ...termsIn(typed, asked.params.authority), link }
    const { link: _, ...given } = parseInput(singleInput, stated)
    const request = { ...officer, terms: strict(given) as SingleTerms, ...(replaces && { replaces }) }
    if (form.do === 'propose') {
      const { id } = await proposeSingle({ ...request, id: newId() }, deps())
      return seeOther(singlesPath(officer.authority, id), asked)
    }
    const { terms: decided, isShown } = await rehearseSingle(request, deps())
    const looked = lookedView(await lookForOfficer(officer, deps()))
    const values = { looked, terms: decided, isShown, typed, link, ...(replaces && { replaces }) }
    return page(singleCheckPage({ ...officeValues(await officeOf(asked)), ...values }, contextOf(asked)))
  }

  const requestOf = ({ params: { authority, id }, caller: { subject } }: Asked<OfOne>) => ({
    authority,
    subject,
    id: decisionId(id),
  })

  const one = async (
    asked: Asked<OfOne>,
    { draft, ...more }: { draft?: SingleDraft; document?: object; problem?: DeskProblem } = {},
  ): Promise<string> => {
    const request = requestOf(asked)
    const office = await officeOf(asked)
    const record = await requireSingle(request, parts.store, clock())
    const deciders = await decidersOf(request.authority, { store: parts.store, now: clock() })
    const values = singleView(office, { record, draft, subject: request.subject, deciders })
    return singlePage({ ...values, ...more }, contextOf(asked, request.id))
  }

  const pressed = async (asked: Asked<OfOne>, form: Form): Promise<Answer> => {
    const request = requestOf(asked)
    const after = () => seeOther(singlesPath(request.authority, request.id), asked)
    switch (parseInput(z.object({ do: pressInput }), form).do) {
      case 'open':
        return page(await one(asked, { draft: (await openSingle(request, deps())).draft }))
      case 'approve': {
        const { hash, link } = parseInput(approvalInput, form)
        const token = link === undefined ? {} : { token: tokenOf(link, parts.baseUrl) }
        const signedInAt = approvingSignIn(asked.caller, approving)
        const { document } = await approveSingle({ ...request, hash, ...token, signedInAt }, deps())
        if (document === undefined) return after()
        return page(await one(asked, { document, draft: (await openSingle(request, deps())).draft }))
      }
      case 'reject':
        await rejectSingle(request, deps())
        return after()
      case 'end': {
        const { reason } = parseInput(endSingleInput.loose(), form)
        await askForChange({ ...request, change: { kind: 'end', reason } }, deps())
        return after()
      }
      case 'appeal': {
        const { state } = parseInput(appealSingleInput.loose(), form)
        await askForChange({ ...request, change: { kind: 'appeal', state } }, deps())
        return after()
      }
      default:
        return after()
    }
  }

  return {
    'GET /desk/authorities/{authority}/single-decisions': route<OfAuthority, SignedIn>({
      answer: async (asked) => page(await list(asked)),
    }),
    'POST /desk/authorities/{authority}/single-decisions': route<OfAuthority, SignedIn>({
      body: 'form',
      async answer(asked) {
        const form = asked.input as Form
        const typed = typedIn(form, terms)
        await officeOf(asked)
        const back = (problem: DeskProblem) =>
          formPage(asked, form, typed, problem).catch(() => list(asked, { problem }))
        return orReturned(
          async () => {
            if (form.do === 'letter') return page(await list(asked, { opened: await openedLetter(asked, form) }))
            return form.do === 'check' || form.do === 'propose'
              ? checkedOrProposed(asked, form, typed)
              : page(await formPage(asked, form, typed))
          },
          back,
          { ...parts, wants: asked.wants, codes: [...correctable, 'gone'] },
        )
      },
    }),
    'GET /desk/authorities/{authority}/single-decisions/{id}': route<OfOne, SignedIn>({
      answer: async (asked) => page(await one(asked)),
    }),
    'POST /desk/authorities/{authority}/single-decisions/{id}': route<OfOne, SignedIn>({
      body: 'form',
      async answer(asked) {
        const form = asked.input as Form
        await officeOf(asked)
        return orReturned(
          () => pressed(asked, form),
          (problem) => one(asked, { problem }),
          { ...parts, wants: asked.wants, codes: decidable },
        )
      },
    }),
  }
}

/** The form has labels of its own for some members. */
function termsIn(typed: TypedFields, authority: string): Record<string, unknown> {
  const { decidedUnits, endsOn, ...rest } = readForm(typed, terms, authority).body
  return {
    ...rest,
    ...(decidedUnits !== undefined && { units: decidedUnits }),
    ...(endsOn !== undefined && { until: endsOn }),
  }
}
