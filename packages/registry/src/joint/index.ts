export { joinJoint, leaveJoint, proposeJoint } from './decide-joint.ts'
export { type JointCommits, type JointEvent, type JointText, type Party, proposedText } from './events.ts'
export { type Joint, type JointMoments, jointAt, jointHash, type RemoteDecision, readJoint } from './joint-at.ts'
export { type AgreedSet, cachedComparisons, cachedSkillSets, listVersions } from './reader.ts'
