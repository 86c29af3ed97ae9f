export { returnPath } from './return-path.ts'
export { type DeskSessions, deskSessions } from './sessions.ts'
export type { SignIn } from './sign-in.ts'
export { signInLater } from './sign-in-later.ts'
