import { type Asker, answerAs } from './ask-as.ts'
import { ask } from './client.ts'
import { CommandFailure } from './failure.ts'
import { parseIssued } from './parse-issued.ts'
import { parseJudgement } from './verdict.ts'
import { waitingIn } from './waiting.ts'
import { writePrivate } from './write-private.ts'

type IssueOnceDeps = Parameters<typeof answerAs>[2]

/**
 * Issues a certificate, once for each key. For a repeated key the registry returns the earlier certificate, even if it was revoked.
 * Then this throws unless that certificate is in force. To issue again after a revocation, use another key.
 */
export async function issueOnce(
  asker: Asker,
  { key, input }: { key: string; input: unknown },
  deps: IssueOnceDeps,
): Promise<ReturnType<typeof parseIssued> & { answer: unknown; before: boolean }> {
  const answered = await answerAs(
    asker,
    {
      method: 'POST',
      path: '/credentials',
      scope: 'credentials:issue',
      headers: { 'idempotency-key': key },
      body: input,
    },
    deps,
  )
  const { body: answer, headers } = answered
  const waits = waitingIn(answered)
  if (waits !== undefined)
    throw new CommandFailure('waits', {
      title: `Nothing was issued yet: the replacement waits until a second person releases ${waits.id} of ${waits.owner}`,
      detail: 'A member with the role approve can release it. Then send the same again.',
    })
  const issued = parseIssued(answer)
  const before = headers.get('idempotency-replayed') === 'true'
  if (before) await requireInForce(issued, deps)
  return { ...issued, answer, before }
}

/** Writes an issued certificate. If the file cannot be written, the error says that it was issued and how to get it. */
export async function keepIssued(
  path: string,
  { id, credential }: { id: string; credential: string },
  { force }: { force: boolean },
): Promise<void> {
  try {
    await writePrivate(path, credential, { force })
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    throw new CommandFailure('unavailable', {
      title: `${id} was issued, but ${error.problem.title}`,
      detail: 'Make room for the file or choose another file, and send the same again. You get the same certificate.',
    })
  }
}

/** Sent without a token, because a token that may issue need not be one that may read. */
async function requireInForce({ id, document }: { id: string; document: object }, { settings, retry }: IssueOnceDeps) {
  const { checks } = parseJudgement(
    await ask(
      {
        method: 'POST',
        url: `${settings.registry}/verify`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ verifiableCredential: document }),
      },
      retry,
    ),
  )
  const status = checks.find(({ name }) => name === 'status')
  switch (status?.outcome) {
    case 'passed':
      return
    case 'failed':
      throw new CommandFailure('refused', {
        title: `${id} was issued before by the same request, and is no longer in force: ${status.reason ?? 'no reason given'}`,
        detail:
          status.reason === 'suspended'
            ? 'Nothing was issued now. A suspension can be lifted: sijil reinstate.'
            : 'Nothing was issued now. To issue another certificate, choose your own key: --key <key>.',
      })
    default:
      throw new CommandFailure('unavailable', {
        title: `${id} was issued before by the same request, but its status could not be checked`,
        detail: 'Nothing was issued now. Try again, or see its record: sijil show.',
      })
  }
}
