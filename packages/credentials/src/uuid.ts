/** A UUID in lower case (RFC 9562 §4). */
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** A UUID in a request, with or without `urn:uuid:`. Group 1 is the UUID alone. */
export const givenUuid = new RegExp(`^(?:urn:uuid:)?(${UUID})$`)
