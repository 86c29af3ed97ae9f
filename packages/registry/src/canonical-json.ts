export { canonicalJson } from '@sijil/credentials'
