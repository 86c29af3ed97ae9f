import { certificateSchemas, forms, schemaPaths } from '@sijil/credentials'
import { explainProblem, route } from '@sijil/http'
import { checkProblems } from '@sijil/registry/verification'
import { frameworkView, noSuchThing, qualificationView } from '@sijil/views'
import { assets, frameworkPage, problemPage, qualificationPage, referencePage } from '@sijil/web'
import { atNow, contextOf, either, type PageParts, shown } from './parts.ts'

/** Things to which documents and pages refer: qualifications, frameworks, schemas, problem types, styles and scripts. */
export const referenceAnswers = (parts: PageParts) => ({
  'GET /qualifications/{id}': route<{ id: string }, undefined>({
    async answer(asked) {
      const { id } = asked.params
      return shown(asked, await qualificationView(id, asked.query.units, atNow(parts)), (values) =>
        qualificationPage(values, contextOf(asked, `/qualifications/${id}`, parts)),
      )
    },
  }),

  'GET /frameworks/{id}': route<{ id: string }, undefined>({
    answer: (asked) => {
      const { id } = asked.params
      return shown(asked, frameworkView(id), (values) => {
        const context = contextOf(asked, `/frameworks/${id}`, parts)
        return values === 'reference' ? referencePage(context) : frameworkPage(values, context)
      })
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
