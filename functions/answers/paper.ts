import { type Answer, type Answers, type Caller, route, type SignedIn } from '@sijil/http'
import { type Paper, PaperFault, type Typeset } from '@sijil/paper'
import {
  type CheckedReader,
  type CommitStore,
  type NoteOpener,
  type Patience,
  RegistryError,
  type SecretReader,
} from '@sijil/registry'
import type { DuplicateReason } from '@sijil/registry/certificates'
import { openLinkToPrint, recordPrint, requirePrint } from '@sijil/registry/issuance'
import { verifyLink } from '@sijil/registry/verification'
import { paperView } from '@sijil/views'
import { parseToken } from '@sijil/web'
import type { RouteRowOf } from '../routes.ts'
import { type CheckParts, checkAnswers } from './pages/check.ts'
import { atNow } from './pages/parts.ts'
import { paperInput, printedForm } from './paper-inputs.ts'
import { strict } from './strict.ts'
import { uuidOf } from './uuid-of.ts'

export interface PaperParts extends CheckParts {
  store: CommitStore
  secrets: SecretReader
  patience: Patience
  /** Reads the logos of bodies. */
  logos: CheckedReader
  /** Opens the names of the people who sign for bodies. */
  signatories: NoteOpener
  /** Loads the typesetter when it is first asked for. */
  typesetter: () => Promise<Typeset>
}

/** Makes the paper of a certificate for its holder, and checks papers and everything else that the home page sends. */
export const paperAnswers = (parts: PaperParts): Answers<RouteRowOf<'paper'>[]> => {
  const paperOf = async (token: string, copy?: number): Promise<Answer> => ({
    status: 200,
    body: await makePaper(token, parts, copy),
    type: 'application/pdf',
    headers: download,
  })
  const printDeps = () => ({ store: parts.store, secrets: parts.secrets, patience: parts.patience, now: parts.clock() })
  return {
    ...checkAnswers(parts),
    'POST /v/{token}/paper': route<{ token: string }, undefined>({
      body: 'form',
      answer: ({ params }) => {
        const token = parseToken(params.token)
        if (token === undefined) throw new RegistryError('not-found', 'no certificate has this link')
        return paperOf(token)
      },
    }),
    'POST /issuers/{issuer}/credentials/{id}/paper': route<OfOne, Caller, { copy: number; reason?: DuplicateReason }>({
      input: paperInput,
      async answer({ params: { issuer, id }, caller: { subject }, input }) {
        const asked = { issuer, uuid: uuidOf(id), subject }
        const token = await openLinkToPrint(asked, printDeps())
        const { copy } = await recordPrint({ ...asked, ...strict(input) }, printDeps())
        return paperOf(token, copy)
      },
    }),
    // This function opens no session. The order says who had which print recorded (docs/decisions/108-office-orders-and-issue-signs.md).
    'POST /desk/issuers/{issuer}/certificates/{id}/print/paper': route<OfOne, SignedIn>({
      body: 'form',
      async answer({ params: { issuer, id }, caller: { subject }, input }) {
        const uuid = uuidOf(id)
        const { copy } = printedForm.parse(input)
        await requirePrint({ issuer, uuid, copy }, parts.store)
        return paperOf(await openLinkToPrint({ issuer, uuid, subject }, printDeps()), copy)
      },
    }),
  }
}

type OfOne = { issuer: string; id: string }

/** The same name for every certificate, because file names stay in lists of downloads. */
const download = { 'content-disposition': 'attachment; filename="certificate.pdf"' }

/** The PDF of a certificate that is in force. `copy`: the number of the print, for the body. Throws `conflict` and `gone`. */
export async function makePaper(token: string, parts: PaperParts, copy = 1): Promise<Uint8Array> {
  const deps = atNow(parts)
  const { verification, document } = await verifyLink(token, deps)
  const letterhead = { files: parts.logos, opener: parts.signatories }
  return typeset(await paperView(verification, { token, document, copy }, { ...deps, ...letterhead }), parts)
}

async function typeset(paper: Paper, { typesetter }: Pick<PaperParts, 'typesetter'>): Promise<Uint8Array> {
  const make = await typesetter()
  try {
    return make(paper)
  } catch (error) {
    if (!(error instanceof PaperFault)) throw error
    throw new RegistryError(
      'conflict',
      'The certificate has a character for which this registry has no font, so no paper is made. Print its page instead.',
    )
  }
}
