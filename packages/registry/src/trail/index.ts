export { type TrailAct, type TrailEntry, trailActs } from './entries.ts'
export { periodOf } from './periods.ts'
export { exportTrail, listTrail, MOST_EXPORTED } from './trail.ts'
