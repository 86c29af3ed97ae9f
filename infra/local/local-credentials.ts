/** The credentials of the functions on one machine, and its region. */
export const localCredentials = { accessKeyId: 'local', secretAccessKey: 'local' }
export const LOCAL_REGION = 'local'
