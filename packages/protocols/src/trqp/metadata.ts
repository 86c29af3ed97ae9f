/** The metadata of this registry (TRQP 2.0). */
export const metadataOf = (baseUrl: string) => ({
  id: baseUrl,
  name: 'Sijil',
  description:
    'Who may issue which skills certificates, where and since when. Actions: issue, assess, accredit; a resource is the id of a qualification.',
})
