/** The shape of a UUID in small letters (RFC 9562 §4). */
export const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** A UUID as somebody gives it, with or without `urn:uuid:`. Its first group is the UUID alone. */
export const givenUuid = new RegExp(`^(?:urn:uuid:)?(${UUID})$`)
