import { type Asker, answerAs } from './ask-as.ts'
import { ask } from './client.ts'
import { CommandFailure } from './failure.ts'
import { parseIssued } from './parse-issued.ts'
import { parseJudgement } from './verdict.ts'
import { waitingIn } from './waiting.ts'
import { writePrivate } from './write-private.ts'

type IssueOnceDeps = Parameters<typeof answerAs>[2]

/**
 * The same key never issues twice: what it issued before is handed out again, also after it ended. That is an answer only while it is
 * in force; a mistake that was revoked is issued anew under another key.
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
      title: `Nothing was issued yet: what it replaces is replaced once a second person releases ${waits.id} of ${waits.owner}`,
      detail: 'A member with the role approve does that. Then send the same again.',
    })
  const issued = parseIssued(answer)
  const before = headers.get('idempotency-replayed') === 'true'
  if (before) await requireInForce(issued, deps)
  return { ...issued, answer, before }
}

/** It is issued by now: where its file cannot be written after all, that is said, and how to come by it. */
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
      detail: 'Make room for the file, or choose another, and send the same again: it gives the same certificate.',
    })
  }
}

/** Asked as anybody may: a token that issues need not be one that reads. */
async function requireInForce({ id, document }: { id: string; document: object }, { settings, asking }: IssueOnceDeps) {
  const { checks } = parseJudgement(
    await ask(
      {
        method: 'POST',
        url: `${settings.registry}/verify`,
        headers: { accept: 'application/json', 'content-type': 'application/json' },
        body: JSON.stringify({ verifiableCredential: document }),
      },
      asking,
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
            : 'Nothing was issued now. To issue anew, choose a key of your own: --key <key>.',
      })
    default:
      throw new CommandFailure('unavailable', {
        title: `${id} was issued before by the same request; whether it is in force could not be checked`,
        detail: 'Nothing was issued now. Try again, or look at it: sijil show.',
      })
  }
}
