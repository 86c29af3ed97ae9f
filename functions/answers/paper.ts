import { type Answer, type Answers, type Caller, route } from '@sijil/http'
import { type Paper, PaperFault, type Typeset } from '@sijil/paper'
import { type CommitStore, type Patience, RegistryError, type SecretReader } from '@sijil/registry'
import { openLinkToPrint } from '@sijil/registry/issuance'
import { verifyLink } from '@sijil/registry/verification'
import { paperView } from '@sijil/views'
import { parseToken } from '@sijil/web'
import type { RouteRowOf } from '../routes.ts'
import { type CheckParts, checkAnswers } from './pages/check.ts'
import { paperInput } from './pages/inputs.ts'
import { atNow } from './pages/parts.ts'
import { uuidOf } from './uuid-of.ts'

export interface PaperParts extends CheckParts {
  store: CommitStore
  secrets: SecretReader
  patience: Patience
  /** Loads the typesetter when it is first asked for. */
  typesetter: () => Promise<Typeset>
}

/** Makes the paper of a certificate for its holder, and checks papers and everything else that the home page sends. */
export const paperAnswers = (parts: PaperParts): Answers<RouteRowOf<'paper'>[]> => {
  const paperOf = async (token: string): Promise<Answer> => {
    const deps = atNow(parts)
    const { verification, document } = await verifyLink(token, deps)
    const paper = paperView(verification, { token, document }, deps)
    return { status: 200, body: await typeset(paper, parts), type: 'application/pdf', headers: download }
  }
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
    'POST /issuers/{issuer}/credentials/{id}/paper': route<{ issuer: string; id: string }, Caller, object>({
      input: paperInput,
      async answer({ params: { issuer, id }, caller: { subject } }) {
        const { store, secrets, patience } = parts
        const print = { issuer, uuid: uuidOf(id), subject }
        return paperOf(await openLinkToPrint(print, { store, secrets, patience, now: parts.clock() }))
      },
    }),
  }
}

/** The same name for every certificate, because file names stay in lists of downloads. */
const download = { 'content-disposition': 'attachment; filename="certificate.pdf"' }

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
