import type { Reason } from '@sijil/registry/verification'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
// `generate-en.ts` makes it from `en.ts`.
import texts from './en.data.json' with { type: 'json' }
import type { en as written } from './en.ts'
import { frameEn, frameTh } from './frame.ts'
import { type Language, languages, type Speaker, speaker } from './speak.ts'
// A function reads it from a file beside its code, because Thai takes three bytes a letter. Complete, but no native speaker has read it yet.
import th from './th.data.json' with { type: 'json' }

export { type Language, languages, parseLanguage } from './speak.ts'

export type MessageKey = keyof typeof written

/** The texts of `en.ts`. Its type also says which places each text has. */
const en = { ...frameEn, ...texts } as typeof written
const phrases: Speaker<typeof written> = speaker({ en, th: { ...frameTh, ...th } })
export const { say, phrase, listOf, isMessage } = phrases

/** A reason as a sentence of its own, not after a colon. */
export const reasonSentence = (language: Language, reason: Reason): Html =>
  html`${say(language, `reason.${reason}`)}${languages[language].fullStop}`
