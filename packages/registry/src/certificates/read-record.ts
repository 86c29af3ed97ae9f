import { RegistryError } from '../errors.ts'
import { type CommitReader, streams } from '../stream.ts'
import { type CertificateEvent, type CertificateRecord, recordOf } from './record.ts'

export const readRecord = async (
  issuer: string,
  uuid: string,
  reader: CommitReader,
): Promise<CertificateRecord | undefined> =>
  recordOf(uuid, await reader.read<CertificateEvent>(streams.certificate(issuer, uuid)))

/** The answer for a certificate of another body is the same as for one that does not exist (I36). */
export const noSuchCertificate = () => new RegistryError('not-found', 'no such certificate')
