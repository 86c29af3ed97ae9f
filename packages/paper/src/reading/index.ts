export { openReader } from './read-paper.ts'
