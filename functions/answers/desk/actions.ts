import { type Answer, route, type SignedIn } from '@sijil/http'
import type { DeskSessions } from '@sijil/http/sessions'
import { RegistryError } from '@sijil/registry'
import {
  checkView,
  fieldsView,
  isUnilateral,
  isUnitStep,
  type Office,
  ownFrameworkView,
  requireOffice,
  requireOfficeAt,
  revisedCorridorView,
  termsView,
  type UnilateralChange,
} from '@sijil/views/desk'
import {
  type ActionName,
  type ActionValues,
  actionPage,
  actionsPage,
  type CheckValues,
  checkPage,
  choosePage,
  type DeskKind,
  deskPath,
  deskPathOf,
  SEEN,
  STEP,
} from '@sijil/web'
import { accreditationOf } from '../accreditation-id.ts'
import type { DecideDeps } from '../officer-verbs.ts'
import { page } from '../pages/parts.ts'
import { readForm, typedIn } from './action-form.ts'
import { actionAt, actionGroups, isActionName, isAtDesk } from './action-table.ts'
import { chosenFirst } from './chosen.ts'
import { unitAnswer } from './comparison-editor.ts'
import {
  atNow,
  correctable,
  type DeskParts,
  type DeskRequest,
  deskContext,
  ofAuthority,
  ofBody,
  orReturned,
  seeOther,
  withKept,
} from './parts.ts'
import { inLines, renamingFaults } from './pasted-rows.ts'
import { withUnitSaved } from './unit-rows.ts'

type OfAuthority = { authority: string; action: string }
type OfBody = { issuer: string; action: string }
/** A request for one action, at the desk of an authority or of a body. */
type Asked = DeskRequest & { desk: DeskKind; owner: string; params: { action: string } }
type Form = Readonly<Record<string, unknown>>

/**
 * One way through every action of the desk (docs/desk.md): choose, fill in, check, send. The table of actions says which fields there
 * are and which change they make. Only the press on the page of the check sends it.
 */
export const actionAnswers = (parts: DeskParts, verbs: DecideDeps, sessions: Pick<DeskSessions, 'kept'>) => {
  const officeOf = ({ desk, owner, caller }: Asked) => requireOfficeAt(desk, owner, caller.subject, atNow(parts))
  const pathOf = ({ desk, owner }: Asked, name: ActionName) => deskPathOf(desk, owner, 'actions', name)
  const contextOf = (asked: Asked, name: ActionName) => deskContext(asked, pathOf(asked, name), parts)

  /** The form, with its choices. Without the entity on which they depend, the page asks for that first. */
  const formPage = async (
    asked: Asked,
    { office, name, typed: sent }: { office: Office; name: ActionName; typed: ActionValues['typed'] },
    { isFirst = false, ...more }: Pick<ActionValues, 'problem' | 'note'> & { isFirst?: boolean } = {},
  ): Promise<string> => {
    const action = actionAt(asked.desk, name)
    const { first, fields, keys = 'known', right } = action
    const { authority } = office
    const deps = atNow(parts)
    const named = { id: authority.id, name: authority.identity.name }
    const value = first === undefined ? undefined : sent[first]
    const { edition } = asked.query
    const chosen = value === undefined ? undefined : await chosenFirst({ office, name, value, edition }, parts)
    // Only a new form begins with what counts now. In one that comes back, the officer may have emptied a field.
    const typed = isFirst ? { ...chosen?.begins, ...sent } : sent
    const question = { office, chosen: chosen?.entity, keys, ...chosen, ...(right && { right }), typed }
    if (first === undefined || chosen === undefined) {
      const shown = await fieldsView(first === undefined ? fields : [first], question, deps)
      const [field] = shown
      if (first === undefined || field === undefined)
        return actionPage({ authority: named, action: name, fields: shown, typed, ...more }, contextOf(asked, name))
      if (first === 'accreditation' || value !== undefined)
        throw new RegistryError('not-found', 'there is nothing to choose for this action')
      return choosePage(
        { authority: named, action: name, field, ...(more.note && { note: more.note }) },
        contextOf(asked, name),
      )
    }
    const about = { id: value ?? chosen.entity.id, name: chosen.name }
    const values: ActionValues = {
      authority: named,
      action: name,
      fields: await fieldsView(fields, question, deps),
      typed,
      chosen: { field: { name: first, isOptional: false }, named: about },
      ...more,
    }
    return actionPage(values, contextOf(asked, name))
  }

  const atOnce = ({ verb: _, ...stated }: UnilateralChange, officer: { authority: string; subject: string }) =>
    'kid' in stated ? verbs.suspendKey(officer, stated) : verbs.suspendList(officer, stated)

  /** Checks, and only if the officer has seen this check and everything that it repeats, sends. */
  const checkedOrSent = async (asked: Asked, office: Office, name: ActionName, form: Form): Promise<Answer> => {
    const { [STEP]: step, [SEEN]: seen, ...fields } = form
    const action = actionAt(asked.desk, name)
    const { subject } = asked.caller
    const { id: authority, identity } = office.authority
    const { target, body, lines } = readForm(fields, action, authority)
    const deps = atNow(parts)
    const present = {
      here: new URL(parts.baseUrl).host,
      state: identity.state,
      terms: action.changesTerms ? await termsView(office, accreditationOf(target.accreditation), deps) : undefined,
      framework: action.first === 'framework' ? await ownFrameworkView(office, target.framework, deps) : undefined,
      corridor:
        action.first === 'revisedCorridor'
          ? await revisedCorridorView(office, String(body.revisedCorridor), deps)
          : undefined,
    }
    const { pointers = (pointer: string) => pointer } = action
    const inForm = (pointer: string) => pointers(pointer, body, present)
    const { made, change } = await inLines(lines, () =>
      renamingFaults(inForm, async () => {
        const made = action.make(target, body, { now: parts.clock(), newId: parts.newId }, present)
        return { made, change: isUnilateral(made) ? made : await verbs.rehearse({ authority, subject }, made) }
      }),
    )
    const checked = await checkView(office, change, deps)
    const { proposals, grants } = checked.repeats
    const wasSeen = typeof seen === 'string' ? seen.split(' ') : []
    const isNew = [...proposals, ...grants].some(({ id }) => !wasSeen.includes(id))
    if (step !== 'send' || isNew) {
      const values: CheckValues = {
        authority: { id: authority, name: identity.name },
        action: name,
        ...checked,
        typed: typedIn(fields, action),
      }
      return page(checkPage(values, contextOf(asked, name)), step === 'send' ? 409 : 200)
    }
    if (isUnilateral(made)) {
      await atOnce(made, { authority, subject })
      return seeOther(pathOf(asked, name), asked, { done: 'yes' })
    }
    const { id } = await verbs.propose({ authority, subject }, made)
    return seeOther(deskPathOf(asked.desk, authority, 'proposals', id), asked)
  }

  const nameIn = ({ desk, params: { action } }: Asked): ActionName => {
    if (!isActionName(action) || !isAtDesk(action, desk)) throw new RegistryError('not-found', 'no such action')
    return action
  }

  const show = async (asked: Asked): Promise<Answer> => {
    const office = await officeOf(asked)
    const name = nameIn(asked)
    const { grantee, issuer, owner, certificate, accreditation, qualification, framework, done } = asked.query
    const { assignedQualification, assignedFramework, describedBody, describedState } = asked.query
    const { revised, revisedCorridor } = asked.query
    const named = { grantee, issuer, owner, certificate, accreditation, qualification, framework }
    const typed = typedIn(
      { ...named, assignedQualification, assignedFramework, describedBody, describedState, revised, revisedCorridor },
      actionAt(asked.desk, name),
    )
    return withKept(asked, pathOf(asked, name), { kept: sessions.kept, clock: parts.clock }, (fields) =>
      fields === undefined
        ? formPage(asked, { office, name, typed }, { isFirst: true, ...(done === 'yes' && { note: 'done' as const }) })
        : formPage(
            asked,
            { office, name, typed: typedIn(withUnitSaved(fields), actionAt(asked.desk, name)) },
            { note: 'kept' },
          ),
    )
  }

  const send = async (asked: Asked, form: Form): Promise<Answer> => {
    const office = await officeOf(asked)
    const name = nameIn(asked)
    const saved = withUnitSaved(form)
    const typed = typedIn(saved, actionAt(asked.desk, name))
    const { [STEP]: step } = form
    if (step === 'change') return page(await formPage(asked, { office, name, typed }))
    return orReturned(
      () =>
        isUnitStep(step) && name.endsWith('-comparison')
          ? unitAnswer(asked, { office, name, typed, step, form }, parts)
          : checkedOrSent(asked, office, name, saved),
      (problem) => formPage(asked, { office, name, typed }, { problem }),
      { ...parts, wants: asked.wants, codes: correctable },
    )
  }

  return {
    'GET /desk/authorities/{authority}/actions': route<{ authority: string }, SignedIn>({
      async answer(asked) {
        const { authority } = await requireOffice(asked.params.authority, asked.caller.subject, atNow(parts))
        const values = { authority: { id: authority.id, name: authority.identity.name }, groups: actionGroups }
        return page(actionsPage(values, deskContext(asked, deskPath(authority.id, 'actions'), parts)))
      },
    }),
    'GET /desk/authorities/{authority}/actions/{action}': route<OfAuthority, SignedIn>({
      answer: (asked) => show(ofAuthority(asked)),
    }),
    'POST /desk/authorities/{authority}/actions/{action}': route<OfAuthority, SignedIn>({
      body: 'form',
      keepsForm: true,
      answer: (asked) => send(ofAuthority(asked), asked.input as Form),
    }),
    'GET /desk/issuers/{issuer}/actions/{action}': route<OfBody, SignedIn>({
      answer: (asked) => show(ofBody(asked)),
    }),
    'POST /desk/issuers/{issuer}/actions/{action}': route<OfBody, SignedIn>({
      body: 'form',
      keepsForm: true,
      answer: (asked) => send(ofBody(asked), asked.input as Form),
    }),
  }
}
