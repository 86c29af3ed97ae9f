/** What a program links that verifies certificates and does nothing else. */
export { verifyText } from '@sijil/credentials'
