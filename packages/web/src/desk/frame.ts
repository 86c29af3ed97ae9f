import { html } from 'hono/html'
import { assetPaths } from '../assets.ts'
import { foreign, type Html } from '../html.ts'
import { icon } from '../icons.ts'
import { phrase, say } from '../messages/desk.ts'
import type { Language } from '../messages/speak.ts'
import { local, type PageContext, page } from '../page.ts'

/** Authorities and certification bodies each have a desk. This is the second part of its addresses. */
const SIGN_OUT = '/desk/sign-out'

export type DeskKind = 'authorities' | 'issuers'

/** What a page of the desk needs besides: the officer who reads it, and the token that each of its forms must carry. */
export interface DeskContext extends PageContext {
  /** Whose desk the page belongs to. Absent: an authority's, or nobody's. */
  desk?: DeskKind
  officer: string
  /** `of`: the token of forms to this address. */
  formToken: { name: string; of: (action: string) => string }
}

export const deskPath = (authority: string, ...parts: string[]): string =>
  deskPathOf('authorities', authority, ...parts)

export const deskPathOf = (desk: DeskKind, owner: string, ...parts: string[]): string =>
  ['/desk', desk, owner, ...parts].join('/')

/** The address of a page of the desk to which the page of this context belongs. */
export const pathHere = ({ desk = 'authorities' }: DeskContext, owner: string, ...parts: string[]): string =>
  deskPathOf(desk, owner, ...parts)

/** What the link back to the first page of this desk says. */
export const officeWords = ({ name }: { name: string }, { desk, language }: DeskContext): Html =>
  desk === 'issuers' ? foreign(name, 'en') : say(language, 'desk.proposals')

/** The page on which an officer shows that a body controls its website. */
export const domainPath = (authority: string): string => deskPath(authority, 'actions', 'register-body', 'domain')

/** A form that changes something. It is always a POST and always carries the token of its session and address. */
export function deskForm(
  action: string,
  fields: Html,
  context: DeskContext,
  // The script of the page sends all others, and shows their answer.
  { hasFile = false, isNative = hasFile }: { hasFile?: boolean; isNative?: boolean } = {},
): Html {
  const { name, of } = context.formToken
  const type = html`${hasFile ? html` enctype="multipart/form-data"` : ''}${isNative ? html` data-native` : ''}`
  return html`<form class="flow" method="post" action="${local(action, context)}"${type}><input type="hidden" name="${name}" value="${of(action)}">${fields}</form>`
}

export const crumb = (path: string, words: Html, context: DeskContext): Html =>
  html`<p class="crumb"><a href="${local(path, context)}">${icon('left')}<span>${words}</span></a></p>`

/** The title of a page with a problem says so first, because a screen reader reads the title before anything else. */
export const titleWith = (title: string, hasProblem: boolean, language: Language): string =>
  hasProblem ? phrase(language, 'desk.problem.titled', { title }) : title

/** The frame of every page of the desk. It shows on top who is signed in, with the button to sign out. */
export function deskPage(
  { title: plain, main, hasProblem = false }: { title: string; main: Html; hasProblem?: boolean },
  context: DeskContext,
): string {
  const { language, officer, formToken, demonstration } = context
  const title = titleWith(plain, hasProblem, language)
  const bar = html`<div class="h-row desk-bar"><p class="small">${say(language, 'desk.officer', { officer: html`<code>${officer}</code>` })}</p><form method="post" action="${local(SIGN_OUT, context)}" data-native><input type="hidden" name="${formToken.name}" value="${formToken.of(SIGN_OUT)}"><button type="submit" class="btn alt">${say(language, 'desk.signOut')}</button></form></div>`
  // The sandbox and demonstration bodies are only in such a deployment, so each of their pages says it.
  const training = demonstration
    ? html`<p class="call am mb2" data-training>${icon('warn')}<b>${say(language, 'desk.training')}</b></p>`
    : ''
  return page(
    { title, main: html`${bar}${training}${main}`, current: 'desk', noindex: true, script: assetPaths.inPlace },
    context,
  )
}
