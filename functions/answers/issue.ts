import { type Answer, type Answers, type Caller, route } from '@sijil/http'
import { replaceLink } from '@sijil/registry/erasure'
import {
  type IssueDeps,
  type Issued,
  isSandbox,
  issueCertificate,
  issueDocument,
  issueSandboxDocument,
  type Succession,
  succeedCertificate,
  type Waiting,
} from '@sijil/registry/issuance'
import type * as z from 'zod'
import type { RouteRowOf } from '../routes.ts'
import type { general } from '../wiring.ts'
import { keyOf, requireKey } from './idempotency-key.ts'
import { changesInput, issueInput, newLinkInput, vcalmIssueInput } from './inputs.ts'
import { signAnswers } from './issue-at-desk.ts'
import { newLinkAnswers } from './new-link-at-desk.ts'
import { strict } from './strict.ts'
import { uuidOf } from './uuid-of.ts'
import { tellIssueProblem } from './vcalm.ts'
import { waiting } from './waiting.ts'

type IssueParts = Omit<IssueDeps, 'now'> & { general: typeof general; clock: () => Date }

export const issueAnswers = ({ clock, ...parts }: IssueParts): Answers<RouteRowOf<'issue'>[]> => {
  const deps = () => ({ ...parts, now: clock() })
  const succeeding = (succession: Succession) =>
    route<{ issuer: string; id: string }, Caller, z.output<typeof changesInput>>({
      input: changesInput,
      async answer({ params: { issuer, id }, caller: { subject }, headers, input }) {
        const asked = { issuer, uuid: uuidOf(id), subject, succession, idempotencyKey: requireKey(headers) }
        return answerOf(issuer, await succeedCertificate({ ...asked, changes: strict(input) }, deps()))
      },
    })
  return {
    ...newLinkAnswers({ baseUrl: parts.baseUrl, policy: parts.policy, deps }),
    ...signAnswers({ baseUrl: parts.baseUrl, policy: parts.policy, deps }),
    'POST /issuers/{issuer}/credentials/{id}/correct': succeeding('correct'),
    'POST /issuers/{issuer}/credentials/{id}/renew': succeeding('renew'),
    'POST /issuers/{issuer}/credentials': route({
      input: issueInput,
      async answer({ params, caller, headers, input }) {
        const asked = { ...params, subject: caller.subject, idempotencyKey: requireKey(headers) }
        return answerOf(params.issuer, await issueCertificate({ ...asked, input: strict(input) }, deps()))
      },
    }),

    'POST /issuers/{issuer}/credentials/{id}/new-link': route({
      input: newLinkInput,
      async answer({ params: { issuer, id }, caller: { subject }, input: { number: ends } }) {
        const uuid = uuidOf(id)
        const made = await replaceLink({ issuer, uuid, actor: subject, ends }, deps())
        if ('waits' in made) return waiting(made.waits)
        return { status: 201, body: { id: `urn:uuid:${uuid}`, ...made } }
      },
    }),

    'POST /issuers/{issuer}/credentials/issue': route({
      input: vcalmIssueInput,
      tellProblem: tellIssueProblem,
      async answer({ params: { issuer }, caller: { subject }, headers, input: { credential, options = {} } }) {
        const { cryptosuite, keyType, statusPurpose } = options
        if (await isSandbox(issuer, deps())) {
          const chosen = strict({ cryptosuite, keyType, statusPurpose })
          const verifiableCredential = await issueSandboxDocument(
            { issuer, subject, credential, options: chosen },
            deps(),
          )
          return { status: 201, body: { verifiableCredential } }
        }
        const key = keyOf(headers)
        const asked = { issuer, subject, credential, options: strict({ cryptosuite, keyType }) }
        return answerOf(issuer, await issueDocument({ ...asked, ...(key && { idempotencyKey: key }) }, deps()))
      },
    }),
  }
}

function answerOf(issuer: string, answer: Issued | Waiting): Answer {
  if ('waits' in answer) return waiting(answer.waits)
  const { id, uuid, link, verifiableCredential, replayed } = answer
  return {
    status: 201,
    headers: {
      location: `/issuers/${issuer}/credentials/${uuid}`,
      ...(replayed && { 'idempotency-replayed': 'true' }),
    },
    body: { id, link, verifiableCredential },
  }
}
