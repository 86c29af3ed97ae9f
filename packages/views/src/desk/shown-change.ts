import { createHash } from 'node:crypto'
import { type Certifier, type Framework, type Qualification, withSchemes } from '@sijil/qualifications'
import {
  baselineAt,
  catalogueOf,
  descriptionOf,
  EVER,
  frameworkOf,
  lastStated,
  qualificationAt,
} from '@sijil/registry/catalogue'
import type { Affected } from '@sijil/registry/certificates'
import { awaitedOf, type ProposedChange } from '@sijil/registry/decisions'
import { isOfHere, jointClassAt, recognitionsOf } from '@sijil/registry/recognition'
import { contactOn, type Grant, type GrantTerms, stateOf, termsAt } from '@sijil/registry/trust'
import type { ShownAffected, ShownChange, ShownGrant, ShownStatement, ShownTerms } from '@sijil/web'
import { groundsIfStated, groundsInWords } from '@sijil/web/grounds'
import { shownDescription } from './descriptions.ts'
import { type DeskDeps, findEntity, namedOf } from './office.ts'
import { shownFramework, shownPlacement } from './shown-framework.ts'
import { shownOwnChange } from './shown-own-change.ts'
import { comparedVersion, textOf } from './versions.ts'

/** The terms of a grant, with titles instead of ids. */
export async function shownTerms(
  { scope, until, pilot, mayChangeStatus, assurance }: GrantTerms,
  deps: DeskDeps,
): Promise<ShownTerms> {
  const { qualifications, ...limits } = scope
  return {
    ...limits,
    ...(qualifications && { qualifications: await titlesOf(qualifications, deps) }),
    ...(until && { until }),
    ...(pilot && { pilot }),
    ...(mayChangeStatus && { mayChangeStatus }),
    ...(assurance && { assurance }),
  }
}

const titlesOf = async (qualifications: NonNullable<GrantTerms['scope']['qualifications']>, deps: DeskDeps) =>
  'framework' in qualifications
    ? { framework: (await baselineFrameworkOf(qualifications.framework, deps))?.name ?? qualifications.framework }
    : Promise.all(
        qualifications.map(async (id) => {
          const title = await titleOf(id, deps)
          return title === undefined ? id : `${title} (${id})`
        }),
      )

const baselineFrameworkOf = async (id: string, { store }: DeskDeps): Promise<Framework | undefined> =>
  baselineAt<Framework>((await frameworkOf(id, store)).commits, EVER)

/** The title on record today, or else the one that is to count later. Undefined for an id that nobody has stated. */
async function titleOf(id: string, { store, now }: DeskDeps): Promise<string | undefined> {
  const history = await catalogueOf(store)(id)
  const today = { effective: now.toISOString(), recorded: now.toISOString() }
  return (qualificationAt(history, today) ?? lastStated(history)?.statement.value)?.title
}

/** A grant with its terms now. */
export const shownGrant = async (grantee: string, grant: Grant, deps: DeskDeps): Promise<ShownGrant> => ({
  id: `${grantee}.${grant.id}`,
  right: grant.right,
  from: grant.from,
  terms: await shownTerms(termsAt(grant, deps.now.toISOString()), deps),
})

/** A proposed change in words for people. It shows every member, so that officers see everything that they decide. */
export async function shownChange(change: ProposedChange, authority: string, deps: DeskDeps): Promise<ShownChange> {
  switch (change.verb) {
    case 'accredit': {
      const { verb, grantee, right, jointly, onBehalfOf, effectiveAt } = change
      return {
        verb,
        about: await namedOf(grantee, deps),
        right,
        terms: await shownTerms(change, deps),
        ...(jointly && { jointly: await namedOf(jointly, deps) }),
        ...(onBehalfOf && { onBehalfOf: await namedOf(onBehalfOf, deps) }),
        basis: groundsInWords(change),
        effectiveAt,
      }
    }
    case 'amend':
      return { ...(await ofGrant(change, deps)), terms: await shownTerms(change, deps) }
    case 'confirm':
    case 'lift':
    case 'withdraw':
      return ofGrant(change, deps)
    case 'join':
      return ofGrant(change, deps, authority)
    case 'revoke-certificate':
      return {
        verb: change.verb,
        about: await namedOf(change.issuer, deps),
        certificate: { id: change.certificate, reason: change.reason },
      }
    case 'reinstate-certificate':
      return {
        verb: change.verb,
        about: await namedOf(change.issuer, deps),
        certificate: { id: change.certificate },
      }
    case 'register-authority':
    case 'register-body':
    case 'register-centre': {
      const { name, ...identity } = change.identity
      const { verb, elsewhere, resembles, succeeds, control } = change
      return {
        verb: change.verb,
        about: { id: change.id, name, ...stateOf({ identity }) },
        identity,
        ...(verb === 'register-body' && { domain: control ?? 'stated' }),
        ...(resembles && { resembles }),
        ...(succeeds && { succeeds: await namedOf(succeeds, deps) }),
        ...(elsewhere && { elsewhere: { did: elsewhere.did, keys: elsewhere.keys.map(shownKey) } }),
      }
    }
    case 'succeed': {
      const { verb, id, successor, effectiveAt } = change
      const basis = groundsInWords(change)
      return { verb, about: await namedOf(id, deps), successor: await namedOf(successor, deps), basis, effectiveAt }
    }
    case 'change-contact': {
      const { verb, id, contact, effectiveAt } = change
      const entity = await findEntity(id, deps)
      const before = entity && contactOn(entity, effectiveAt)
      return {
        verb,
        about: await namedOf(id, deps),
        contact: { ...(contact !== null && { text: contact }), ...(before !== undefined && { before }) },
        effectiveAt,
        ...why(change),
      }
    }
    case 'state-qualification':
    case 'state-edition':
    case 'retire-qualification': {
      const { verb, effectiveAt } = change
      const catalogue = await shownStatement(change, deps)
      return {
        verb,
        about: await namedOf(authority, deps),
        effectiveAt,
        catalogue,
        ...('basis' in change && why(change)),
      }
    }
    case 'state-framework':
    case 'state-referencing':
    case 'confirm-levels': {
      const { verb, effectiveAt } = change
      const framework = await shownFramework(change, deps)
      return { verb, about: await namedOf(authority, deps), effectiveAt, framework }
    }
    case 'describe-body':
    case 'describe-state': {
      const { verb, effectiveAt } = change
      return {
        verb,
        about: await namedOf(authority, deps),
        effectiveAt,
        description: await shownDescription(change, deps),
      }
    }
    case 'assign-record': {
      const { verb, kind, record, owner, effectiveAt } = change
      const { commits } = await catalogueOf(deps.store)(record)
      const qualification = baselineAt<Qualification>(commits, EVER)
      const body =
        kind === 'body' ? baselineAt<Certifier>(await descriptionOf(`body:${record}`, deps.store), EVER) : undefined
      const title = body?.name ?? qualification?.title ?? (await baselineFrameworkOf(record, deps))?.name ?? record
      return { verb, about: await namedOf(owner, deps), effectiveAt, catalogue: { id: record, title }, ...why(change) }
    }
    case 'place-edition':
    case 'end-placement': {
      const { verb, effectiveAt } = change
      return {
        verb,
        about: await namedOf(authority, deps),
        effectiveAt,
        placement: await shownPlacement(change, deps),
        ...('basis' in change && why(change)),
      }
    }
    case 'recognise-class':
    case 'join-recognition':
    case 'end-recognition':
    case 'record-appeal': {
      const { verb, recognised, effectiveAt } = change
      const isOwn = isOfHere(recognised)
      const title = isOwn ? await titleOf(recognised.qualification, deps) : undefined
      const of = { ...recognised, ...(title !== undefined && { title }), decision: change.decision }
      const office = await namedOf(authority, deps)
      if (verb === 'end-recognition') return { verb, about: office, effectiveAt, recognition: of, ...why(change) }
      if (verb === 'record-appeal')
        return { verb, about: office, recognition: { ...of, appealed: { state: change.state, note: change.note } } }
      const text = verb === 'join-recognition' ? await joinedText(change, deps) : change
      if (text === undefined) return { verb, about: office, effectiveAt, recognition: of }
      const { class: covers, terms, jointly } = text
      const fitting = 'fitting' in text ? text.fitting : undefined
      const issuers = await Promise.all(
        covers.issuers.map(async (id) => (id.includes(':') ? { id, name: id } : namedOf(id, deps))),
      )
      const together = jointly && { jointly: await Promise.all(jointly.map((id) => namedOf(id, deps))) }
      const hash = verb === 'join-recognition' && { hash: change.hash }
      const recognition = { ...of, issuers, covers, terms, ...together, ...hash, ...(fitting && { fitting }) }
      return { verb, about: office, effectiveAt, recognition, basis: groundsInWords(terms) }
    }
    case 'propose-comparison': {
      const { verb, joint, parties, comparison, effectiveAt } = change
      const { id, number } = joint
      const compared = await comparedVersion(comparison, change.catalogueAt ?? deps.now.toISOString(), deps)
      const shown = { id, number, parties, comparison, ...(compared && { compared }) }
      return { verb, about: await namedOf(authority, deps), effectiveAt, joint: shown }
    }
    case 'propose-corridor': {
      const { verb, joint, parties, corridor, effectiveAt } = change
      const { id, number } = joint
      return { verb, about: await namedOf(authority, deps), effectiveAt, joint: { id, number, parties, corridor } }
    }
    case 'open-gaps':
    case 'plan-gap':
    case 'close-gap': {
      const { verb, register, ...stated } = change
      return { verb, about: await namedOf(authority, deps), track: { ...register, ...stated } }
    }
    case 'declare-compliance': {
      const { verb, action, statement } = change
      return { verb, about: await namedOf(authority, deps), compliance: { ...action, ...statement } }
    }
    case 'receive-portfolio': {
      const { corridor, track: id, manifest } = change.portfolio
      const track = { corridor, id, manifest, on: change.receivedOn }
      return { verb: change.verb, about: await namedOf(authority, deps), track }
    }
    case 'withdraw-step': {
      const { verb, track, basis } = change
      return { verb, about: await namedOf(authority, deps), track, basis }
    }
    case 'declare-step':
    case 'join-step':
    case 'attach-evidence':
    case 'plan-step': {
      const { verb, track, ...stated } = change
      return { verb, about: await namedOf(authority, deps), track: { ...track, ...stated } }
    }
    case 'propose-skill-set': {
      const { verb, joint, parties, set, effectiveAt } = change
      const { id, number } = joint
      return { verb, about: await namedOf(authority, deps), effectiveAt, joint: { id, number, parties, set } }
    }
    case 'propose-level-record': {
      const { verb, joint, parties, levelRecord, effectiveAt } = change
      const { id, number } = joint
      const shown = { id, number, parties, levelRecord }
      return { verb, about: await namedOf(authority, deps), effectiveAt, joint: shown }
    }
    case 'join-version':
    case 'leave-version': {
      const { verb, joint, hash, effectiveAt } = change
      return {
        verb,
        about: await namedOf(authority, deps),
        effectiveAt,
        joint: { id: joint.id, number: joint.number, hash, ...(await textOf({ ...joint, hash }, deps)) },
        ...('basis' in change && why(change)),
      }
    }
    case 'add-key': {
      const { verb, issuer, purpose, algorithm } = change
      return { verb, about: await namedOf(issuer, deps), key: { purpose, algorithm } }
    }
    case 'lend-key': {
      const { verb, issuer, purpose, key } = change
      const { keyRef, publicKeyMultibase } = key
      return { verb, about: await namedOf(issuer, deps), key: { purpose, keyRef, publicKeyMultibase } }
    }
    case 'add-key-elsewhere':
      return { verb: change.verb, about: await namedOf(change.issuer, deps), key: shownKey(change.key) }
    case 'certify-key': {
      const { verb, issuer, kid, x5c } = change
      return { verb, about: await namedOf(issuer, deps), key: { kid }, chain: x5c.map(fingerprint) }
    }
    case 'accept-list': {
      const { verb, registry, keys, basis, states } = change
      return {
        verb,
        about: await namedOf(authority, deps),
        list: { registry, keys, ...(states && { states }) },
        basis,
      }
    }
    case 'retire-key':
    case 'resume-key':
      return { verb: change.verb, about: await namedOf(change.issuer, deps), key: { kid: change.kid }, ...why(change) }
    case 'compromise-key': {
      const { verb, issuer, kid, compromisedFrom } = change
      return { verb, about: await namedOf(issuer, deps), key: { kid, compromisedFrom }, ...why(change) }
    }
    case 'set-brake': {
      const { verb, issuer, limit: brake } = change
      return { verb, about: await namedOf(issuer, deps), brake, basis: groundsInWords(change) }
    }
    case 'add-member':
    case 'remove-member': {
      const { verb, owner, subject, roles = [] } = change
      const before = verb === 'add-member' ? change.held : undefined
      return { verb, about: await namedOf(owner, deps), member: { subject, roles, ...(before && { before }) } }
    }
    case 'set-policy':
    case 'set-signatory':
    case 'set-logo':
    case 'set-webhook':
      return shownOwnChange(change, deps)
    default:
      return change satisfies never
  }
}

type CatalogueChange = Extract<
  ProposedChange,
  { verb: 'state-qualification' | 'state-edition' | 'retire-qualification' }
>

/** A statement with what it takes the place of. That is what was on record when it was proposed, also after it was carried out. */
async function shownStatement(change: CatalogueChange, { store }: DeskDeps): Promise<ShownStatement> {
  const { commits } = await catalogueOf(store)(change.qualification)
  const last = lastStated({ commits: commits.slice(0, change.version) })
  const statement = 'statement' in change ? withSchemes(change.statement) : undefined
  const edition = 'edition' in change ? change.edition : undefined
  const known = last?.editions.map(({ value }) => value) ?? []
  const earlier = known.find(({ id }) => id === edition?.id) ?? known.find(({ id }) => id === edition?.supersedes)
  return {
    id: change.qualification,
    title: statement?.title ?? last?.statement.value.title ?? change.qualification,
    ...(statement && { statement }),
    ...(edition && { edition }),
    ...(last && { before: { statement: last.statement.value, ...(earlier && { edition: earlier }) } }),
  }
}

/** The whole text that a party joins, with the parties that it names. Undefined: no decision has this hash. */
async function joinedText(
  { recognised, decision, hash }: Extract<ProposedChange, { verb: 'join-recognition' }>,
  { store, now }: DeskDeps,
) {
  const joint = jointClassAt(decision, await recognitionsOf(store)(recognised), now.toISOString())
  if (joint?.hash !== hash) return undefined
  const { class: covered, terms } = joint.text.content
  return { class: covered, terms, jointly: joint.text.parties.map(({ id }) => id) }
}

const why = (change: Parameters<typeof groundsIfStated>[0]) => {
  const basis = groundsIfStated(change)
  return basis === undefined ? {} : { basis }
}

const shownKey = ({ kid, purpose, publicKeyMultibase }: ExternalKey) => ({ kid, purpose, publicKeyMultibase })
type ExternalKey = Extract<ProposedChange, { verb: 'add-key-elsewhere' }>['key']

/** SHA-256 of the DER certificate in pairs of hexadecimal digits, the form in which people compare certificates. */
const fingerprint = (certificate: string) =>
  createHash('sha256')
    .update(Buffer.from(certificate, 'base64'))
    .digest('hex')
    .toUpperCase()
    .replace(/..(?=.)/g, '$&:')

async function ofGrant(
  change: Extract<ProposedChange, { verb: 'amend' | 'confirm' | 'lift' | 'join' | 'withdraw' }>,
  deps: DeskDeps,
  awaited?: string,
): Promise<ShownChange> {
  const { verb, grantee, grant: id, effectiveAt } = change
  const found = (await findEntity(grantee, deps))?.grants.find((grant) => grant.id === id)
  const grant = found && (await shownGrant(grantee, found, deps))
  // For a joining, the page shows the terms that wait for this authority. They do not count yet.
  const awaiting = found && awaited !== undefined ? awaitedOf(found, awaited) : []
  const terms = awaiting.at(-1)
  const also = await Promise.all(awaiting.slice(0, -1).map((each) => shownTerms(each, deps)))
  const shown = grant && { grant: terms ? { ...grant, terms: await shownTerms(terms, deps), also } : grant }
  return { verb, about: await namedOf(grantee, deps), ...shown, basis: groundsInWords(change), effectiveAt }
}

/** The number of certificates that a change affects, or `assessed` if they are not counted. */
export const shownAffected = (counted: Affected): ShownAffected =>
  'notCounted' in counted
    ? 'assessed'
    : { count: counted.issuedUnder, ended: counted.affected, ...(counted.atLeast && { atLeast: true }) }
