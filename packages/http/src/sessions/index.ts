export type { KeptForms } from './kept-forms.ts'
export { returnPath } from './return-path.ts'
export { type DeskSessions, deskSessions } from './sessions.ts'
