import { en } from './en.ts'
import { type Speaker, speaker } from './speak.ts'
import { th } from './th.ts'

export { type Language, languages, parseLanguage } from './speak.ts'

export type MessageKey = keyof typeof en
export type Catalogue = Record<MessageKey, string>

const speaking: Speaker<typeof en> = speaker({ en, th })
export const { say, phrase, listOf, isMessage } = speaking
