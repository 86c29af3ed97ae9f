import { revocationReasons, suspensionReasons } from '@sijil/credentials/status-reasons'
import { type Command, Option } from 'commander'
import { type Asker, answerAs } from '../ask-as.ts'
import { exitCodes } from '../failure.ts'
import { parseUuid } from '../identifiers.ts'
import { isObject, textAt } from '../json.ts'
import { plain } from '../output.ts'
import { recordLines } from '../record-lines.ts'
import type { Surroundings } from '../surroundings.ts'
import { waitingIn } from '../waiting.ts'

/** The differences between the three commands. */
const verbs = {
  revoke: {
    description: 'Revoke a certificate; this cannot be undone',
    done: 'revoked',
    takesReason: true,
    reasons: revocationReasons,
  },
  suspend: {
    description: 'Suspend a certificate; `sijil reinstate` lifts the suspension',
    done: 'suspended',
    takesReason: true,
    reasons: suspensionReasons,
  },
  reinstate: {
    description: 'Lift the suspension of a certificate',
    done: 'reinstated',
    takesReason: false,
    reasons: suspensionReasons,
  },
} as const
type Verb = keyof typeof verbs

/** Somebody may paste it into a shell, so it is made of ids alone. */
const releaseLine = ({ id, owner }: { id: string; owner: string }): string[] =>
  /^[\w-]+$/.test(id) && /^[a-z0-9-]+$/.test(owner)
    ? [`  $ sijil waiting approve ${id} --issuer ${owner} --client WHO-APPROVES`]
    : []

interface Options extends Asker {
  reason?: string
  note?: string
  successor?: string
}

export function addStatusVerbs(program: Command, surroundings: Surroundings): void {
  addVerb(program, 'revoke', surroundings)
  addVerb(program, 'suspend', surroundings)
  addVerb(program, 'reinstate', surroundings)
}

function addVerb(program: Command, verb: Verb, { settings: read, output, retry, setExitCode }: Surroundings): void {
  const { description, done, takesReason, reasons } = verbs[verb]
  const command = program
    .command(verb)
    .description(description)
    .argument('<uuid>', 'id of the certificate, with or without urn:uuid:')
    .requiredOption('--issuer <id>', 'the body that issued it')
    .addOption(new Option('--reason <reason>', 'reason').choices(reasons).makeOptionMandatory(takesReason))
    .option('--note <text>', "for the body's own officers; never public")
    .option('--client <id>', 'client that sends the request (default: the issuer)')
    .option('--token <token>', 'an access token; SIJIL_TOKEN keeps it out of the process list')
  if (verb === 'revoke') command.option('--successor <uuid>', 'the certificate that replaces it')
  command.addHelpText(
    'after',
    `
Example:
  $ sijil ${verb} 0b6cde2e-3f0a-4a5c-9a57-1c9d54d6a1f7 --issuer demo-ph-tesda${takesReason ? ` --reason ${reasons[0]}` : ''}`,
  )
  command.action(async (id: string, { reason, note, successor, ...asker }: Options) => {
    const uuid = parseUuid(id)
    const answered = await answerAs(
      asker,
      {
        method: 'POST',
        path: `/credentials/${uuid}/${verb}`,
        scope: 'credentials:status',
        body: { reason, note, ...(successor !== undefined && { successor: parseUuid(successor) }) },
      },
      { settings: read(), retry },
    )
    const { body: answer, headers } = answered
    const waits = waitingIn(answered)
    if (waits !== undefined) {
      output.answer(answer, [
        `not ${done} yet, it is waiting for a second person: ${uuid}`,
        `  waits as ${plain(waits.id)} of ${plain(waits.owner)}: a member with the role approve must release or reject it`,
        ...releaseLine(waits),
      ])
      setExitCode(exitCodes.waits)
      return
    }
    // An unchanged status keeps its first reason and date.
    const isUnchanged = headers.get('sijil-unchanged') === 'true'
    const state = (isObject(answer) ? textAt(answer, 'state') : undefined) ?? done
    const result = isObject(answer) ? answer : { id: uuid, done }
    output.answer(isUnchanged ? { ...result, unchanged: true } : result, [
      isUnchanged ? `nothing changed, it was already ${plain(state)}: ${uuid}` : `${done}: ${uuid}`,
      ...(isObject(answer) ? recordLines(answer, '  ') : []),
    ])
  })
}
