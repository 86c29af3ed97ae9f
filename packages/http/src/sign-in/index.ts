export { returnPath } from './return-path.ts'
export { type DeskSessions, deskSessions, type Person, SESSION_SECONDS } from './sessions.ts'
export { type Provider, type SignIn, signInWith } from './sign-in.ts'
