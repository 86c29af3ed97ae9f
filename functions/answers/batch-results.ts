import { approvingSignIn, route } from '@sijil/http'
import { type AskedFiles, addressOfFile, approveFiles, askForFiles, filesOf } from '@sijil/registry/batch-files'
import type { BatchRequest } from '@sijil/registry/batches'
import { askForFilesInput } from './batch-inputs.ts'
import type { BatchesParts } from './batch-pages/parts.ts'
import { nothingInput } from './decision-inputs.ts'

type Of = { issuer: string; id: string }
type OfRequest = Of & { request: string }

/** Links, papers and codes of an issued batch. An answer to a GET holds no address of a file. */
export const batchResultsAnswers = ({ clock, approving, ...parts }: BatchesParts) => {
  const deps = () => ({ ...parts, now: clock() })
  const asked = ({ params, caller }: { params: Of; caller: { subject: string } }): BatchRequest => ({
    issuer: params.issuer,
    id: params.id.toLowerCase(),
    subject: caller.subject,
  })
  return {
    'POST /issuers/{issuer}/batches/{id}/results': route<Of, { subject: string; scopes: readonly string[] }>({
      input: askForFilesInput,
      answer: async (request) => {
        const { kind } = request.input as { kind: AskedFiles['kind'] }
        return { status: 202, body: shownFiles(await askForFiles({ ...asked(request), kind }, deps())) }
      },
    }),
    'POST /issuers/{issuer}/batches/{id}/results/{request}/approve': route<
      OfRequest,
      { subject: string; scopes: readonly string[]; signedInAt?: Date }
    >({
      input: nothingInput,
      answer: async (request) => ({
        status: 200,
        body: shownFiles(
          await approveFiles(
            {
              ...asked(request),
              request: placeIn(request.params.request),
              signedInAt: approvingSignIn(request.caller, approving),
            },
            deps(),
          ),
        ),
      }),
    }),
    'POST /issuers/{issuer}/batches/{id}/results/{request}/files/{file}': route<
      OfRequest & { file: string },
      { subject: string; scopes: readonly string[] }
    >({
      input: nothingInput,
      answer: async (request) => {
        const { request: place, file } = request.params
        const named = { ...asked(request), request: placeIn(place), file: placeIn(file) - 1 }
        const { url, until } = await addressOfFile(named, deps())
        return { status: 200, body: { url, until } }
      },
    }),
  }
}

/** Requests and files count from 1 on. Another text is no place, which is answered once the member is known. */
const placeIn = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0)

const shownFiles = ({
  request,
  kind,
  certificates,
  askedBy,
  askedAt,
  approvedBy,
  approvedAt,
  withdrawnAt,
  files,
  made,
}: AskedFiles) => ({
  request,
  kind,
  certificates,
  askedBy,
  askedAt,
  ...(approvedAt && { approvedBy, approvedAt }),
  ...(withdrawnAt && { withdrawnAt }),
  files,
  made: [...made]
    .toSorted(([one], [other]) => one - other)
    .map(([file, { bytes, leftOut, at }]) => ({ file: file + 1, bytes, leftOut, madeAt: at })),
})

/** Everything that was asked for of a batch. */
export const filesShown = async (request: BatchRequest, { store }: Pick<BatchesParts, 'store'>) =>
  (await filesOf(request, { store })).asked.map(shownFiles)
