import { deskEn } from './desk-en.ts'
import deskTh from './desk-th.data.json' with { type: 'json' }
import { type Speaker, speaker } from './speak.ts'

export type DeskKey = keyof typeof deskEn

const phrases: Speaker<typeof deskEn> = speaker({ en: deskEn, th: deskTh })
export const { say, phrase, listOf, isMessage } = phrases
