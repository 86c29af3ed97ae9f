import type { Reason } from '@sijil/registry/verification'
import { html } from 'hono/html'
import type { Html } from '../html.ts'
// Made of `en.ts` by `generate-en.ts`.
import texts from './en.data.json' with { type: 'json' }
import type { en as written } from './en.ts'
import { frameEn, frameTh } from './frame.ts'
import { type Language, languages, type Speaker, speaker } from './speak.ts'
// Read as it is from beside the code: Thai takes three bytes a letter. Complete, but not yet read by a native speaker.
import th from './th.data.json' with { type: 'json' }

export { type Language, languages, parseLanguage } from './speak.ts'

export type MessageKey = keyof typeof written

/** The texts are those of `en.ts`, which says as well which places each has. */
const en = { ...frameEn, ...texts } as typeof written
const phrases: Speaker<typeof written> = speaker({ en, th: { ...frameTh, ...th } })
export const { say, phrase, listOf, isMessage } = phrases

/** A reason that stands alone, and not behind a colon. */
export const reasonSentence = (language: Language, reason: Reason): Html =>
  html`${say(language, `reason.${reason}`)}${languages[language].fullStop}`
