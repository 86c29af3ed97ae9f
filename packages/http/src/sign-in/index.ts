export type { SignIn } from './sign-in.ts'
export { signInLater } from './sign-in-later.ts'
export { textMarks } from './text-marks.ts'
