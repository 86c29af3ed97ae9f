import type { Answers } from '@sijil/http'
import type { RouteRowOf } from '../routes.ts'
import { authoritiesAnswers } from './pages/authorities.ts'
import { catalogueAnswers } from './pages/catalogue.ts'
import { centresAnswers } from './pages/centres.ts'
import { certificateAnswers } from './pages/certificate.ts'
import { changesAnswers } from './pages/changes.ts'
import { comparisonAnswers } from './pages/comparisons.ts'
import { complianceAnswers } from './pages/compliance.ts'
import { corridorAnswers } from './pages/corridors.ts'
import { decisionsAnswers } from './pages/decisions.ts'
import { explorerAnswers } from './pages/explorer.ts'
import { homeAnswers } from './pages/home.ts'
import { issuersAnswers } from './pages/issuers.ts'
import { type OperatorParts, operatorsAnswers } from './pages/operators.ts'
import { referenceAnswers } from './pages/reference.ts'
import { skillSetAnswers } from './pages/skill-sets.ts'
import { statesAnswers } from './pages/states.ts'
import { templateAnswers } from './pages/template.ts'

/** Pages for people, and the same content as JSON. */
export const pagesAnswers = (parts: OperatorParts): Answers<RouteRowOf<'pages'>[]> => ({
  ...homeAnswers(parts),
  ...certificateAnswers(parts),
  ...explorerAnswers(parts),
  ...decisionsAnswers(parts),
  ...comparisonAnswers(parts),
  ...corridorAnswers(parts),
  ...complianceAnswers(parts),
  ...skillSetAnswers(parts),
  ...issuersAnswers(parts),
  ...authoritiesAnswers(parts),
  ...catalogueAnswers(parts),
  ...centresAnswers(parts),
  ...changesAnswers(parts),
  ...statesAnswers(parts),
  ...referenceAnswers(parts),
  ...templateAnswers(parts),
  ...operatorsAnswers(parts),
})
