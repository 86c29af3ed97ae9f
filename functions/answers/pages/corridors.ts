import { csvOf } from '@sijil/credentials/csv'
import { type Answer, keptFor, route } from '@sijil/http'
import {
  corridorsView,
  corridorView,
  declaredChanges,
  declaredCorridorView,
  declaredTrackView,
  isDeclared,
  portfolioView,
  stepsTable,
  stepsView,
  templateOfStep,
  trackView,
  workerProfileView,
} from '@sijil/views'
import {
  corridorStepsPage,
  corridorsFeed,
  corridorsPage,
  declaredCorridorPage,
  declaredTrackPage,
  portfolioPage,
  reportedCorridorPage,
  reportedTrackPage,
  workerProfilePage,
} from '@sijil/web'
import { atNow, contextAt, contextOf, type PageParts, shown } from './parts.ts'

type Table = ReturnType<typeof templateOfStep>

const file = ({ columns, rows }: Table, name: string): Answer => ({
  status: 200,
  // Without the mark, spreadsheets take Thai and Burmese titles for other letters.
  body: `\ufeff${csvOf(columns, rows)}`,
  type: 'text/csv; charset=utf-8; header=present',
  headers: { 'content-disposition': `attachment; filename="${name}.csv"`, 'cache-control': keptFor('minute') },
})

/** Corridors, their tracks, and guidance for each step. No answer depends on a certificate or a person. */
export const corridorAnswers = (parts: PageParts) => {
  return {
    'GET /corridors': route<Record<never, string>, undefined>({
      async answer(asked) {
        const { state, lang } = asked.query
        const query = { ...(state && { state }), ...(lang && { lang }) }
        return shown(asked, await corridorsView({ state }, atNow(parts)), (values) =>
          corridorsPage(values, contextOf({ ...asked, query }, '/corridors', parts)),
        )
      },
    }),

    'GET /corridors.csv': route<Record<never, string>, undefined>({
      answer: async () => file(await stepsTable(undefined, atNow(parts)), 'corridors'),
    }),

    'GET /corridors.atom': route<Record<never, string>, undefined>({
      answer: async () => ({
        status: 200,
        body: corridorsFeed(await declaredChanges(atNow(parts)), parts),
        type: 'application/atom+xml; charset=utf-8',
      }),
    }),

    'GET /corridors/{id}': route<{ id: string }, undefined>({
      async answer(asked) {
        const { id } = asked.params
        if (isDeclared(id))
          return shown(asked, await declaredCorridorView(id, atNow(parts)), (values) =>
            declaredCorridorPage(values, contextAt(asked, `/corridors/${id}`, parts)),
          )
        return shown(asked, await corridorView(id, atNow(parts)), (values) =>
          reportedCorridorPage(values, contextAt(asked, `/corridors/${id}`, parts)),
        )
      },
    }),

    'GET /corridors/{id}/{track}': route<{ id: string; track: string }, undefined>({
      async answer(asked) {
        const { id, track } = asked.params
        if (isDeclared(id))
          return shown(asked, await declaredTrackView({ id, track }, atNow(parts)), (values) =>
            declaredTrackPage(values, contextAt(asked, `/corridors/${id}/${track}`, parts)),
          )
        return shown(asked, await trackView({ id, track }, atNow(parts)), (values) =>
          reportedTrackPage(values, contextAt(asked, `/corridors/${id}/${track}`, parts)),
        )
      },
    }),

    'GET /corridors/{id}/{track}/steps.csv': route<{ id: string; track: string }, undefined>({
      answer: async ({ params }) => file(await stepsTable(params, atNow(parts)), 'steps'),
    }),

    'GET /corridors/{id}/{track}/profile': route<{ id: string; track: string }, undefined>({
      async answer(asked) {
        const { id, track } = asked.params
        return shown(asked, await workerProfileView({ id, track }, atNow(parts)), (values) =>
          workerProfilePage(values, contextAt(asked, `/corridors/${id}/${track}/profile`, parts)),
        )
      },
    }),

    'GET /corridors/{id}/{track}/portfolio': route<{ id: string; track: string }, undefined>({
      async answer(asked) {
        const { id, track } = asked.params
        return shown(asked, await portfolioView({ id, track }, atNow(parts)), (values) =>
          portfolioPage(values, contextAt(asked, `/corridors/${id}/${track}/portfolio`, parts)),
        )
      },
    }),

    'GET /corridor-steps': route<Record<never, string>, undefined>({
      answer: async (asked) =>
        shown(asked, stepsView(), () => corridorStepsPage(contextAt(asked, '/corridor-steps', parts))),
    }),

    'GET /corridor-steps/{step}/template.csv': route<{ step: string }, undefined>({
      answer: async ({ params: { step } }) => file(templateOfStep(step), 'template'),
    }),
  }
}
