export { sampleChain } from '../../packages/credentials/src/sample-chain.ts'
