import type { Certificate } from '@sijil/credentials'
import { issuerOfDid } from '@sijil/credentials'
import { type Answer, route } from '@sijil/http'
import { findQualification, frameworkOfState, levelIn, levelsOf, states } from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import { type Verification, verifyLink, withoutPerson } from '@sijil/registry/verification'
import { namesOf, passportName } from '@sijil/views'
import { parseToken, type ResultValues, resultPage } from '@sijil/web'
import type * as z from 'zod/mini'
import { LONGEST_ID, viewInput } from './inputs.ts'
import { atNow, contextOf, type PageParts, page } from './parts.ts'

/** `GET /v/{token}` gives the verdict without the person; the person follows a press, by POST. */
export const certificateAnswers = (parts: PageParts) => {
  const open = async (text: string) => {
    const token = parseToken(text)
    if (token === undefined) throw new RegistryError('not-found', 'no certificate has this link')
    return { token, ...(await verifyLink(token, { ...parts, now: parts.clock() })) }
  }
  return {
    'GET /v/{token}': route<{ token: string }, undefined>({
      async answer(asked) {
        const { token, verification } = await open(asked.params.token)
        if (asked.wants === 'json') return { status: 200, body: withoutPerson(verification) }
        return page(
          resultPage(
            { ...(await resultValues(beforeName(verification), asked.query.host, parts)), token, person: 'hidden' },
            contextOf(asked, `/v/${token}`, parts),
          ),
        )
      },
    }),
    'POST /v/{token}': route<{ token: string }, undefined, z.output<typeof viewInput>>({
      body: 'multipart',
      input: viewInput,
      async answer(asked) {
        const { token, verification, document } = await open(asked.params.token)
        if (asked.input.format === 'json') return download(document)
        if (asked.wants === 'json') return { status: 200, body: verification }
        return page(
          resultPage(
            {
              ...(await resultValues(verification, asked.input.host ?? asked.query.host, parts)),
              token,
              person: 'shown',
            },
            contextOf(asked, `/v/${token}`, parts),
          ),
        )
      },
    }),
  }
}

const download = (document: object): Answer => ({
  status: 200,
  body: JSON.stringify(document),
  type: 'application/vc+ld+json',
  headers: { 'content-disposition': 'attachment; filename="certificate.json"' },
})

/** The page takes the person out by itself, before anything is written; what it is handed marks out no certificate either. */
function beforeName(whole: Verification): Verification {
  const { certificate: shown, ...verification } = withoutPerson(whole)
  const { certificate } = whole
  return {
    ...verification,
    ...(certificate && shown && { certificate: { ...certificate, validFrom: shown.validFrom } }),
  }
}

/** What the page shows beside the verdict: levels, the host that the reader chose, and the pages of issuer and qualification. */
export async function resultValues(
  verification: Verification,
  askedHost: string | undefined,
  parts: PageParts,
): Promise<Omit<ResultValues, 'person'>> {
  const { certificate } = verification
  const qualification = certificate && findQualification(qualificationOf(certificate))
  const hosts = states.map(({ iso2, name }) => ({ iso2, name }))
  const host = hosts.find(({ iso2 }) => iso2 === askedHost)?.iso2
  const levels = qualification && certificate && levelsOf(qualification, { on: certificate.validFrom.slice(0, 10) })
  const issuer = certificate && issuerOfDid(certificate.issuer.id, parts.baseUrl)
  const passport = certificate && passportName(certificate.holder.name)
  const changers = (verification.history ?? []).flatMap(({ by }) => by ?? [])
  const names = changers.length > 0 && (await namesOf(changers, atNow(parts)))
  return {
    verification,
    hosts,
    ...(host && { host }),
    ...(levels && {
      levels: { ...levels, ...(host && frameworkOfState(host) && { host: levelIn(levels, host) }) },
    }),
    ...(issuer && {
      issuerPage: `/issuers/${issuer}?${new URLSearchParams(askedOfIssuer(verification, certificate))}`,
    }),
    ...(qualification && {
      qualificationPage: `/qualifications/${qualification.id}`,
      kind: qualification.kind,
    }),
    ...(names && { authorities: Object.fromEntries(changers.map((id) => [id, names(id)])) }),
    ...(passport && { passportName: passport }),
  }
}

/** The page of the issuer answers the question that the certificate raises, and no other: that day, that qualification. */
const askedOfIssuer = ({ issuer: { onIssueDate } }: Verification, certificate: Certificate) => ({
  'as-of': onIssueDate.effective.slice(0, 10),
  qualification: qualificationOf(certificate).slice(0, LONGEST_ID),
})

const qualificationOf = ({ qualification }: Certificate): string =>
  (qualification.partOf?.id ?? qualification.id).split('/').at(-1) ?? ''
