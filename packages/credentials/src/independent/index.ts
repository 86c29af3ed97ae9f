export { type IndependentVerdict, verifyIndependently } from './verify-independently.ts'
