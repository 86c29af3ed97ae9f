import { html } from 'hono/html'
import { foreign, type Html } from '../html.ts'
import { type IconName, tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import { type DeskContext, deskPath } from './frame.ts'
import type { ListedSingle, LookedAt, SinglePress } from './single-values.ts'

export const singlesPath = (authority: string, ...parts: string[]): string =>
  deskPath(authority, 'single-decisions', ...parts)

/** The name of the button in a form. */
const PRESS = 'do'

export const pressButton = (press: SinglePress, words: Html | string, { isSecond = false } = {}): Html =>
  html`<button type="submit" class="btn${isSecond ? ' alt' : ''}" name="${PRESS}" value="${press}">${words}</button>`

// None of these is a state of the certificate, so no tag is green.
const tags = {
  open: ['am', 'clock'],
  lapsed: ['gy', 'minus'],
  rejected: ['gy', 'minus'],
  decided: ['am', 'clock'],
  issued: ['gy', 'file'],
  ended: ['gy', 'minus'],
} as const satisfies Record<string, readonly ['am' | 'gy', IconName]>

export function singleTag({ state, ended, replaced, open }: ListedSingle, { language }: DeskContext): Html {
  const shown = open !== undefined ? 'open' : ended !== undefined || replaced !== undefined ? 'ended' : state
  const [colour, name] = tags[shown]
  return tag(colour, name, say(language, `desk.single.state.${shown}`))
}

export const rowsOf = (rows: readonly (readonly [Html | string, Html | string])[]): Html =>
  html`<dl class="sum">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`

/** The certificate on which an officer decides. The verdict stands apart from what was decided before. */
export function certificateRows({ title, issuer, levels, units, before }: LookedAt, { language }: DeskContext): Html {
  const unit = ({ code, title: name }: LookedAt['units'][number]) =>
    html`<li>${foreign(name, 'en')} <code class="small">${code}</code></li>`
  const earlier = before.map(
    ({ host, result }) => html`<li>${foreign(host.name, 'en')}: ${say(language, `desk.result.${result}`)}</li>`,
  )
  return rowsOf([
    [say(language, 'desk.single.verdict'), say(language, 'desk.single.valid')],
    [say(language, 'desk.single.qualification'), foreign(title, 'en')],
    [say(language, 'desk.single.issuer'), foreign(issuer, 'en')],
    [
      say(language, 'desk.single.levels'),
      levels.length === 0
        ? say(language, 'desk.single.levels.none')
        : html`${levels.map(({ framework, level }, at) => `${at === 0 ? '' : ', '}${framework} ${level}`)}`,
    ],
    ...(units.length === 0
      ? []
      : [[say(language, 'desk.single.units'), html`<ul class="bul">${units.map(unit)}</ul>`] as const]),
    [
      say(language, 'desk.single.before'),
      earlier.length === 0 ? say(language, 'desk.single.before.none') : html`<ul class="bul">${earlier}</ul>`,
    ],
  ])
}
