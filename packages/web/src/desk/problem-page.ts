import { html } from 'hono/html'
import type { Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import { local, type PageContext, page } from '../page.ts'
import { titleWith } from './frame.ts'
import { type DeskProblem, problemTitle, problemWord, waitWords } from './problem-words.ts'
import { signInLink } from './sign-in-page.ts'

/** Problems that signing in solves. */
const bySigningIn = ['sign-in-required', 'sign-in-failed', 'fresh-sign-in-required', 'stronger-sign-in-required']

/** A shorter text is typed again in a moment. */
const LONG = 100

/** What was too long to keep stands here to be copied, because nobody shall lose an hour of work to a session of sixty minutes. */
function toCopy(unkept: Readonly<Record<string, string>>, { language }: PageContext): Html {
  const texts = Object.values(unkept).filter((text) => text.length > LONG)
  if (texts.length === 0) return html``
  const field = (text: string, at: number) =>
    html`<p><label for="unkept-${at}">${say(language, 'desk.problem.unkept.text', { at: at + 1 })}</label><textarea id="unkept-${at}" rows="8" readonly spellcheck="false">${'\n'}${text}</textarea></p>`
  return html`<div class="sheet mb2"><section class="flow" data-unkept><p>${say(language, 'desk.problem.unkept')}</p>${texts.map(field)}</section></div>`
}

/** Tells a person what the problem means and what to do. It shows nothing of a session, because there may be none. */
export function deskProblemPage(
  {
    problem,
    returnTo,
    isKept = false,
    unkept = {},
  }: { problem: DeskProblem; returnTo: string; isKept?: boolean; unkept?: Readonly<Record<string, string>> },
  context: PageContext,
): string {
  const { language } = context
  const word = problemWord(problem)
  // If a service did not answer, nobody knows whether the change happened, so the page must not deny it.
  const nothing = word === 'down' ? '' : html` ${say(language, 'desk.problem.nothing')}`
  const isSolved = bySigningIn.includes(word)
  const next = isSolved
    ? html`<a class="btn" href="${signInLink(returnTo, context)}">${icon('lock')}${say(language, 'desk.signIn')}</a>`
    : isKept
      ? html`<a class="btn" href="${local(returnTo, context)}">${say(language, 'desk.problem.form')}</a>`
      : html`<a class="btn" href="${local('/desk', context)}">${say(language, 'desk.problem.home')}</a>`
  const main = html`<div class="head"><h1>${say(language, `desk.problem.${word}.title`)}</h1><p class="lead">${say(language, `desk.problem.${word}`)}${waitWords(problem, language)}${nothing}</p>${isKept ? html`<p data-kept>${say(language, isSolved ? 'desk.problem.kept' : 'desk.problem.kept.again')}</p>` : ''}</div>${toCopy(unkept, context)}<p>${next}</p>`
  return page(
    {
      title: titleWith(`${problemTitle(problem, language)} · ${phrase(language, 'desk.title')}`, true, language),
      main,
      noindex: true,
    },
    context,
  )
}
