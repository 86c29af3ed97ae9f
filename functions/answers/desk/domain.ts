import { type Answer, parseInput, route, type SignedIn } from '@sijil/http'
import type { DeskSessions } from '@sijil/http/sessions'
import { RegistryError } from '@sijil/registry'
import { fieldsView, type Office, requireOffice } from '@sijil/views/desk'
import {
  type ActionValues,
  actionPage,
  actionPath,
  type DomainStep,
  type DomainValues,
  domainPage,
  domainPath,
  FOUND,
  FOUND_FILE,
  STEP,
} from '@sijil/web'
import * as z from 'zod'
import { identity, registerBodyInput } from '../decision-inputs.ts'
import type { DomainTexts } from '../domain-texts.ts'
import { page } from '../pages/parts.ts'
import { typedIn } from './action-form.ts'
import { deskActions } from './action-table.ts'
import { atNow, type DeskParts, type DeskRequest, deskContext, orReturned, withKept } from './parts.ts'

type OfOne = { authority: string }
type Asked = DeskRequest & { params: OfOne }
type Form = Readonly<Record<string, unknown>>
type Typed = ActionValues['typed']

/** The two fields of the registration that the text names. */
const question = z.strictObject({ id: registerBodyInput.shape.id, identity: identity.pick({ website: true }) })
const action = deskActions['register-body']

const isStep = (form: Form, step: DomainStep): boolean => form[STEP] === step

/** The text as the officer pasted it, or else the text of the file. */
function foundIn({ [FOUND]: pasted, [FOUND_FILE]: file }: Form): string {
  if (typeof pasted === 'string') return pasted
  const bytes = (file as { bytes?: Uint8Array } | undefined)?.bytes
  if (bytes === undefined)
    throw new RegistryError('validation-failed', 'The text is missing.', {
      faults: [{ pointer: `/${FOUND}`, detail: 'is missing', reason: 'missing' }],
    })
  // Other bytes than UTF-8 become characters that no text has, so they are compared like any wrong text.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

/** The page on which an officer shows that a body controls its website (docs/register-body.md). It fetches nothing and stores nothing. */
export const domainAnswers = (parts: DeskParts, texts: DomainTexts, sessions: Pick<DeskSessions, 'kept'>) => {
  const officeOf = ({ params, caller }: Asked) => requireOffice(params.authority, caller.subject, atNow(parts))
  const named = ({ authority }: Office) => ({ id: authority.id, name: authority.identity.name })

  /** Throws `validation-failed` if id or website is missing or wrong. */
  const questionOf = ({ authority }: Office, { id, 'identity.website': website }: Typed) => {
    const parsed = parseInput(question, { id, identity: { website } })
    return { authority: authority.id, body: parsed.id, website: parsed.identity.website }
  }
  /** The text, if the form says for whom. */
  const requestIn = async (office: Office, typed: Typed) =>
    question.safeParse({ id: typed.id, identity: { website: typed['identity.website'] } }).success
      ? texts.request(questionOf(office, typed))
      : undefined

  const shown = async (
    asked: Asked,
    office: Office,
    form: Form,
    more: Pick<DomainValues, 'problem' | 'note'> = {},
  ): Promise<string> => {
    const typed = typedIn(form, action)
    const request = isStep(form, 'other') ? undefined : await requestIn(office, typed)
    const found = form[FOUND]
    const values: DomainValues = {
      authority: named(office),
      typed,
      ...(request && { request }),
      ...(typeof found === 'string' && { found }),
      ...more,
    }
    return domainPage(values, deskContext(asked, domainPath(office.authority.id), parts))
  }

  /** The form of the registration, with everything that was typed. */
  const registration = async (asked: Asked, office: Office, typed: Typed, note?: 'shown'): Promise<Answer> => {
    const fields = await fieldsView(action.fields, { office, chosen: undefined, keys: 'known' }, atNow(parts))
    const values: ActionValues = {
      authority: named(office),
      action: 'register-body',
      fields,
      typed,
      ...(note && { note }),
    }
    return page(actionPage(values, deskContext(asked, actionPath(office.authority.id, 'register-body'), parts)))
  }

  const compared = async (asked: Asked, office: Office, form: Form): Promise<Answer> => {
    const typed = typedIn(form, action)
    const { domain, sha256, readOn } = await texts.compare(questionOf(office, typed), foundIn(form))
    const control = { 'control.domain': domain, 'control.sha256': sha256, 'control.readOn': readOn }
    return registration(asked, office, { ...typed, ...control }, 'shown')
  }

  const downloaded = async (office: Office, form: Form): Promise<Answer> => {
    const { text } = await texts.request(questionOf(office, typedIn(form, action)))
    const headers = { 'content-disposition': 'attachment; filename="sijil-registry.txt"' }
    return { status: 200, headers, body: text, type: 'text/plain; charset=utf-8' }
  }

  return {
    'GET /desk/authorities/{authority}/actions/register-body/domain': route<OfOne, SignedIn>({
      async answer(asked) {
        const office = await officeOf(asked)
        const place = { kept: sessions.kept, clock: parts.clock }
        return withKept(asked, domainPath(office.authority.id), place, (fields) =>
          shown(asked, office, fields ?? {}, fields && { note: 'kept' }),
        )
      },
    }),
    'POST /desk/authorities/{authority}/actions/register-body/domain': route<OfOne, SignedIn>({
      body: 'multipart',
      keepsForm: true,
      async answer(asked) {
        const office = await officeOf(asked)
        const form = asked.input as Form
        const typed = typedIn(form, action)
        if (isStep(form, 'register')) return registration(asked, office, typed)
        if (isStep(form, 'ask') || isStep(form, 'other')) return page(await shown(asked, office, form))
        return orReturned(
          async () => {
            if (isStep(form, 'compare')) return compared(asked, office, form)
            if (isStep(form, 'download')) return downloaded(office, form)
            questionOf(office, typed)
            return page(await shown(asked, office, form))
          },
          (problem) => shown(asked, office, form, { problem }),
          { ...parts, wants: asked.wants },
        )
      },
    }),
  }
}
