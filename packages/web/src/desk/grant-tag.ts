import type { Accreditation } from '@sijil/registry/trust'
import { grantStates } from '../grant-states.ts'
import type { Html } from '../html.ts'
import { tag } from '../icons.ts'
import { say } from '../messages/desk.ts'
import type { DeskContext } from './frame.ts'

/** The state of an accreditation, in a word, a colour and a sign. */
export const grantTag = (state: Accreditation['state'], { language }: DeskContext): Html =>
  tag(grantStates[state].tone, grantStates[state].icon, say(language, `desk.inState.${state}`))
