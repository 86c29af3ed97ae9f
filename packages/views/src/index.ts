export { authoritiesView } from './authorities.ts'
export { type Names, namesOf } from './names.ts'
export { compareStatesView, noSuchState, statesView, stateView } from './states.ts'
export type { View, ViewDeps } from './view.ts'
