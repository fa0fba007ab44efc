import type { Scope } from '../canonical.js';
import type { ErrorOptions } from '../errors.js';
import { S3Error } from '../errors.js';

/** Words the same complaint about a credential for one of the two ways of signing. */
export type Complaint = (about: string, options?: ErrorOptions) => S3Error;

export const headerComplaint: Complaint = (about, options) =>
  new S3Error('AuthorizationHeaderMalformed', {
    ...options,
    message: `The authorization header is malformed; ${about}`,
  });

export const queryComplaint: Complaint = (about, options) =>
  new S3Error('AuthorizationQueryParametersError', {
    ...options,
    message: `Error parsing the X-Amz-Credential parameter; ${about}`,
  });

/**
 * Reads `KEY/yyyyMMdd/region/service/aws4_request`.
 * @throws S3Error of the complaint given
 */
export function parseCredential(
  text: string,
  { service: expectedService, complain }: { readonly service: string; readonly complain: Complaint },
): Scope {
  const parts = text.split('/');
  const [terminal, service, region, date] = parts.slice(-4).reverse();
  const accessKeyId = parts.slice(0, -4).join('/');
  if (
    terminal === undefined ||
    service === undefined ||
    region === undefined ||
    date === undefined ||
    accessKeyId === ''
  ) {
    throw complain(
      'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".',
    );
  }
  if (!/^\d{8}$/.test(date)) {
    throw complain(
      `incorrect date format "${date}". This date in the credential must be in the format "yyyyMMdd".`,
    );
  }
  if (service !== expectedService) {
    throw complain(`incorrect service "${service}". This endpoint belongs to "${expectedService}".`);
  }
  if (terminal !== 'aws4_request') {
    throw complain(`incorrect terminal "${terminal}". This endpoint uses "aws4_request".`);
  }
  return { accessKeyId, date, region, service };
}

/** Refuses a scope for a region other than the bucket's, naming the right one as AWS does. */
export function checkRegion(scope: Scope, expected: string | undefined, complain: Complaint): void {
  if (expected === undefined || scope.region === expected) return;
  throw complain(`the region '${scope.region}' is wrong; expecting '${expected}'`, {
    details: { Region: expected },
    headers: { 'x-amz-bucket-region': expected },
  });
}

/** Reads `yyyyMMddTHHmmssZ`; `undefined` for anything else. */
export function parseAmzDate(text: string): Date | undefined {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match;
  const date = new Date(
    `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`,
  );
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** A time as AWS writes it into error documents, without fractions of a second. */
export function formatTime(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
