import { certificateSchemas, forms, schemaPaths } from '@sijil/credentials'
import { explainProblem, parseQuery, route } from '@sijil/http'
import { earlierOf, endOfDay } from '@sijil/registry'
import { checkProblems } from '@sijil/registry/verification'
import { frameworkView, noSuchThing, qualificationView, statedFrameworkView } from '@sijil/views'
import { assets, frameworkPage, problemPage, qualificationPage, referencePage, statedFrameworkPage } from '@sijil/web'
import * as z from 'zod/mini'
import { isFuture, refuseFuture } from './future.ts'
import { atNow, chosen, contextOf, either, type PageParts, shown } from './parts.ts'

const onDay = z.optional(z.iso.date({ error: 'must be a day, YYYY-MM-DD' }))

/** Other parameters are ignored, because no answer depends on them and no cache keeps them apart. */
const qualificationQuery = z.object({
  units: z.optional(z.string()),
  on: onDay,
  edition: z.optional(z.string().check(z.maxLength(200, { error: 'must have at most 200 characters' }))),
  lang: z.optional(z.string()),
})

const frameworkQuery = z.object({ on: onDay, lang: z.optional(z.string()) })

/** Things to which documents and pages refer: qualifications, frameworks, schemas, problem types, styles and scripts. */
export const referenceAnswers = (parts: PageParts) => ({
  'GET /qualifications/{id}': route<{ id: string }, undefined>({
    async answer(asked) {
      const path = `/qualifications/${asked.params.id}`
      const deps = atNow(parts)
      const { lang, ...question } = parseQuery(qualificationQuery, chosen(asked.query))
      const query = { ...question, ...(lang && { lang }) } as Record<string, string>
      const context = contextOf({ ...asked, query }, path, parts)
      if (isFuture(question.on, deps.now))
        return refuseFuture({ ...asked, now: deps.now, path, pointer: '/on' }, context)
      return shown(asked, await qualificationView(asked.params.id, question, deps), (values) =>
        qualificationPage(values, context),
      )
    },
  }),

  'GET /frameworks/{id}': route<{ id: string }, undefined>({
    async answer(asked) {
      const { id } = asked.params
      const path = `/frameworks/${id}`
      const deps = atNow(parts)
      const { now } = deps
      const { lang, on } = parseQuery(frameworkQuery, chosen(asked.query))
      const query = { ...(on && { on }), ...(lang && { lang }) }
      const context = contextOf({ ...asked, query }, path, parts)
      if (isFuture(on, now)) return refuseFuture({ wants: asked.wants, now, path, pointer: '/on' }, context)
      const recorded = now.toISOString()
      const effective = on === undefined ? recorded : earlierOf(endOfDay(on), recorded)
      const stated = await statedFrameworkView(id, { effective, recorded }, deps)
      if (stated !== undefined) return shown(asked, stated, (values) => statedFrameworkPage(values, context))
      return shown(asked, await frameworkView(id, on, deps), (values) =>
        values === 'reference' ? referencePage(context) : frameworkPage(values, context),
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
