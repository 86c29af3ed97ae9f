import { certificateSchemas, forms, schemaPaths } from '@sijil/credentials'
import { explainProblem, route } from '@sijil/http'
import {
  findCertifier,
  findFramework,
  findQualification,
  partOf,
  type Qualification,
  referenceFramework,
} from '@sijil/qualifications'
import { RegistryError } from '@sijil/registry'
import { checkProblems } from '@sijil/registry/verification'
import { assets, frameworkPage, problemPage, qualificationPage, referencePage } from '@sijil/web'
import { contextOf, either, type PageParts } from './parts.ts'

const noSuchThing = () => new RegistryError('not-found', 'there is nothing at this address')

/** The certificate of a part names the qualification and some of its units. Units that are not of it lead nowhere. */
function partAsked(qualification: Qualification, units: string | undefined): Qualification['units'] | undefined {
  if (units === undefined || units === '') return undefined
  const part = partOf(qualification, units.split(','))
  if (part === undefined) throw noSuchThing()
  return part === 'whole' ? undefined : part
}

/** What the registry refers to: qualifications, frameworks, the schema, problem types, and the files of its own pages. */
export const referenceAnswers = (parts: PageParts) => ({
  'GET /qualifications/{id}': route<{ id: string }, undefined>({
    answer(asked) {
      const qualification = findQualification(asked.params.id)
      if (qualification === undefined) throw noSuchThing()
      const part = partAsked(qualification, asked.query.units)
      const whole = { ...qualification, ...(part && { part: { units: part.map(({ code }) => code), level: 'none' } }) }
      const body = qualification.body === null ? undefined : findCertifier(qualification.body)
      return either(asked, whole, () =>
        qualificationPage(
          {
            qualification,
            ...(part && { part }),
            ...(body && { body: { name: body.name } }),
            ...(qualification.framework && { frameworkPage: `/frameworks/${qualification.framework}` }),
            levelConfirmed: qualification.levelConfirmedBy !== undefined,
          },
          contextOf(asked, `/qualifications/${qualification.id}`, parts),
        ),
      )
    },
  }),

  'GET /frameworks/{id}': route<{ id: string }, undefined>({
    answer(asked) {
      if (asked.params.id === referenceFramework.id)
        return either(asked, referenceFramework, () =>
          referencePage(contextOf(asked, `/frameworks/${referenceFramework.id}`, parts)),
        )
      const framework = findFramework(asked.params.id)
      if (framework === undefined) throw noSuchThing()
      return either(asked, framework, () =>
        frameworkPage({ framework }, contextOf(asked, `/frameworks/${framework.id}`, parts)),
      )
    },
  }),

  'GET /schemas/{id}': route<{ id: string }, undefined>({
    answer({ params }) {
      const form = forms.find((known) => schemaPaths[known] === `/schemas/${params.id}`)
      if (form === undefined) throw noSuchThing()
      return {
        status: 200,
        body: { ...certificateSchemas[form], $id: `${parts.baseUrl}${schemaPaths[form]}` },
        type: 'application/schema+json',
      }
    },
  }),

  'GET /problems/{id}': route<{ id: string }, undefined>({
    answer(asked) {
      const { id: code } = asked.params
      const title = checkProblems.get(code)
      const explained = explainProblem(code) ?? (title === undefined ? undefined : { title })
      if (explained === undefined) throw noSuchThing()
      return either(asked, { code, ...explained }, () =>
        problemPage({ code, ...explained }, contextOf(asked, `/problems/${code}`, parts)),
      )
    },
  }),

  'GET /assets/{file}': route<{ file: string }, undefined>({
    answer({ params }) {
      const asset = assets[params.file]
      if (asset === undefined) throw noSuchThing()
      return { status: 200, body: asset.body, type: asset.type }
    },
  }),
})
