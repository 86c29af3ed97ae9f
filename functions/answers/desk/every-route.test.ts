import { expect, test } from 'vitest'
import { type Route, routes } from '../../routes.ts'
import { deskActions } from './action-table.ts'

/** Everything that officers do through the API, and its place at the desk. */
// biome-ignore format: it reads as a table
const atTheDesk: Readonly<Record<string, string>> = {
  '/authorities/{authority}/accreditations':               'accredit grant-recognition',
  '/authorities/{authority}/accreditations/{id}/amend':    'amend',
  '/authorities/{authority}/accreditations/{id}/confirm':  'confirm',
  '/authorities/{authority}/accreditations/{id}/suspend':  'POST /desk/authorities/{authority}/accreditations/{id}/suspend',
  '/authorities/{authority}/accreditations/{id}/join':     'join',
  '/authorities/{authority}/accreditations/{id}/lift':     'lift',
  '/authorities/{authority}/accreditations/{id}/withdraw': 'withdraw',
  '/authorities/{authority}/proposals/{id}/approve':       'POST /desk/authorities/{authority}/proposals/{id}/approve',
  '/authorities/{authority}/proposals/{id}/reject':        'POST /desk/authorities/{authority}/proposals/{id}/reject',
  '/issuers/{issuer}/qualifications':                      'state-qualification state-assigned-qualification restate-qualification',
  '/issuers/{issuer}/qualifications/{id}/editions':        'state-edition',
  '/issuers/{issuer}/qualifications/{id}/retire':          'retire-qualification',
  '/issuers/{issuer}/qualifications/proposals/{id}/approve': 'POST /desk/issuers/{issuer}/proposals/{id}/approve',
  '/issuers/{issuer}/qualifications/proposals/{id}/reject':  'POST /desk/issuers/{issuer}/proposals/{id}/reject',
  '/authorities/{authority}/authorities':                  'register-authority',
  '/authorities/{authority}/bodies':                       'register-body',
  '/authorities/{authority}/centres':                      'register-centre',
  '/authorities/{authority}/successions':                  'succeed',
  '/authorities/{authority}/contacts':                     'change-contact',
  '/authorities/{authority}/lists':                        'accept-list endorse-list',
  '/authorities/{authority}/lists/suspend':                'suspend-list',
  '/authorities/{authority}/lists/bundles':                'POST /desk/authorities/{authority}/lists',
  '/authorities/{authority}/members':                      'add-member',
  '/authorities/{authority}/members/remove':               'remove-member',
  '/authorities/{authority}/assignments':                   'assign-record',
  '/authorities/{authority}/state-descriptions':            'describe-state',
  '/issuers/{issuer}/descriptions':                         'describe-body',
  '/authorities/{authority}/frameworks':                    'state-framework state-assigned-framework',
  '/authorities/{authority}/frameworks/{id}/referencings':  'state-referencing',
  '/authorities/{authority}/frameworks/{id}/levels/confirm': 'confirm-levels',
  '/authorities/{authority}/single-decisions': 'POST /desk/authorities/{authority}/single-decisions',
  '/authorities/{authority}/letters/{id}/open': 'POST /desk/authorities/{authority}/single-decisions',
  '/authorities/{authority}/single-decisions/{id}/open': 'POST /desk/authorities/{authority}/single-decisions/{id}',
  '/authorities/{authority}/single-decisions/{id}/complete': 'POST /desk/authorities/{authority}/single-decisions',
  '/authorities/{authority}/single-decisions/{id}/end': 'POST /desk/authorities/{authority}/single-decisions/{id}',
  '/authorities/{authority}/single-decisions/{id}/appeal': 'POST /desk/authorities/{authority}/single-decisions/{id}',
  '/authorities/{authority}/single-decisions/{id}/approve': 'POST /desk/authorities/{authority}/single-decisions/{id}',
  '/authorities/{authority}/single-decisions/{id}/reject': 'POST /desk/authorities/{authority}/single-decisions/{id}',
  '/authorities/{authority}/decisions':                     'recognise-class',
  '/authorities/{authority}/decisions/{id}/join':           'join-recognition',
  '/authorities/{authority}/decisions/{id}/end':            'end-recognition',
  '/authorities/{authority}/decisions/{id}/appeal':         'record-appeal',
  '/authorities/{authority}/comparisons':                   'propose-comparison revise-comparison',
  '/authorities/{authority}/level-records/{id}/{version}/join':   'join-version',
  '/authorities/{authority}/level-records/{id}/{version}/leave':  'leave-version',
  '/authorities/{authority}/skill-sets':                       'propose-skill-set',
  '/authorities/{authority}/skill-sets/{id}/{version}/join':   'join-version',
  '/authorities/{authority}/skill-sets/{id}/{version}/leave':  'leave-version',
  '/authorities/{authority}/comparisons/{id}/{version}/join':  'join-version',
  '/authorities/{authority}/comparisons/{id}/{version}/leave': 'leave-version',
  '/authorities/{authority}/level-records': 'propose-level-record',
  '/authorities/{authority}/corridors': 'propose-corridor revise-corridor',
  '/authorities/{authority}/corridors/{id}/{version}/join': 'join-version',
  '/authorities/{authority}/corridors/{id}/{version}/leave': 'leave-version',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/gaps': 'open-gaps',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/declare': 'declare-step',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/join': 'join-step',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/withdraw': 'withdraw-step',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/evidence': 'attach-evidence',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/{step}/plan': 'plan-step',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/plan': 'plan-gap',
  '/authorities/{authority}/compliance': 'declare-compliance',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/receipts': 'receive-portfolio',
  '/authorities/{authority}/corridors/{id}/tracks/{track}/gaps/{gap}/close': 'close-gap',
  '/authorities/{authority}/placements':                    'place-edition',
  '/authorities/{authority}/placements/end':                'end-placement',
  '/authorities/{authority}/proposals/{id}/carry-out':     'POST /desk/authorities/{authority}/proposals/{id}/carry-out',
  '/authorities/{authority}/credentials/{issuer}/{id}/suspend':   'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/suspend',
  '/authorities/{authority}/credentials/{issuer}/{id}/hold':      'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/hold',
  '/authorities/{authority}/credentials/{issuer}/{id}/lift-hold': 'POST /desk/authorities/{authority}/certificates/{issuer}/{id}/lift-hold',
  '/authorities/{authority}/credentials/{issuer}/{id}/revoke':    'revoke-certificate',
  '/authorities/{authority}/credentials/{issuer}/{id}/reinstate': 'reinstate-certificate',
  '/issuers/{issuer}/batches/{id}/approve':               'POST /desk/issuers/{issuer}/batches/{id}',
  '/issuers/{issuer}/batches/{id}/results/{request}/approve': 'POST /desk/issuers/{issuer}/batches/{id}',
  '/issuers/{issuer}/proposals/{id}/approve':              'POST /desk/issuers/{issuer}/waiting/{id}/approve',
  '/issuers/{issuer}/proposals/{id}/reject':               'POST /desk/issuers/{issuer}/waiting/{id}/reject',
  '/issuers/{issuer}/brake':                               'set-brake',
  '/issuers/{issuer}/policy':                              'set-policy set-deciders',
  '/issuers/{issuer}/signatory':                           'POST /desk/issuers/{issuer}/signatory',
  '/issuers/{issuer}/logo':                                'POST /desk/issuers/{issuer}/logo',
  '/issuers/{issuer}/webhooks':                            'POST /desk/issuers/{issuer}/webhooks',
  '/issuers/{issuer}/webhooks/secret':                     'POST /desk/issuers/{issuer}/webhooks/secret',
  '/issuers/{issuer}/webhooks/{id}/replay':                'POST /desk/issuers/{issuer}/webhooks/{id}/replay',
  '/issuers/{issuer}/keys':                                'add-key add-decision-key add-key-elsewhere lend-key',
  '/issuers/{issuer}/keys/{id}/certify':                   'certify-key',
  '/issuers/{issuer}/keys/{id}/suspend':                   'suspend-key',
  '/issuers/{issuer}/keys/{id}/resume':                    'resume-key',
  '/issuers/{issuer}/keys/{id}/retire':                    'retire-key',
  '/issuers/{issuer}/keys/{id}/compromise':                'compromise-key',
}

const oneByOne = 'at the desk a person reads each one and decides it by itself'
/** The reason for each one that is not at the desk (docs/decisions/088-the-desk-does-what-the-api-does.md). */
// biome-ignore format: it reads as a table
const notAtTheDesk: Readonly<Record<string, string>> = {
  '/issuers/{issuer}/proposals/approve': oneByOne,
}

const ofOfficers = (routes as readonly Route[]).filter(
  ({ method, scope }) => method === 'POST' && /registry:(?:propose|approve)/.test(scope),
)

test('everything that an officer can do through the API is at the desk, or stands in a short list with its reason', () => {
  expect(ofOfficers.map(({ path }) => path).toSorted()).toEqual(
    [...Object.keys(atTheDesk), ...Object.keys(notAtTheDesk)].toSorted(),
  )
})

test('each place at the desk exists, and each action of the desk is one of them', () => {
  const places = Object.values(atTheDesk).flatMap((place) => (place.startsWith('POST ') ? [place] : place.split(' ')))
  const rows = routes.map(({ method, path }) => `${method} ${path}`)
  for (const place of places.filter((each) => each.startsWith('POST '))) expect(rows).toContain(place)
  expect([...new Set(places.filter((each) => !each.startsWith('POST ')))].toSorted()).toEqual(
    Object.keys(deskActions).toSorted(),
  )
})
