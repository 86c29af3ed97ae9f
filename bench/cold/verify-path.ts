/** The imports of a program that only verifies certificates. */
export { verifyText } from '@sijil/credentials'
