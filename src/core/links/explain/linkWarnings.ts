import { hasDotSegment } from '../../text/dotSegments.js';
import { formatDuration } from '../../text/format.js';
import type { Message } from '../../failures/message.js';
import { displayKey } from '../../text/unprintable.js';
import { maxExpirySeconds } from '../expiry.js';
import type { ExplainOptions } from './explanation.js';
import { formWarnings } from './explainForm.js';
import { isKnownParameter } from '../parse/parameters.js';
import type { ParsedLink, ParsedUrl } from '../parse/parsedLink.js';
import { nameList } from '../../text/nameList.js';

/** What may surprise the user of the link. */
export function linkWarnings(link: ParsedLink, options: ExplainOptions): readonly Message[] {
  return [
    ...timeWarnings(link, options),
    ...lifeWarnings(link, options),
    ...placeWarnings(link),
    ...(link.kind === 'form' ? formWarnings(link) : urlWarnings(link)),
  ];
}

function timeWarnings(
  { signedAt, expiresAt, expiresSeconds }: ParsedLink,
  { now }: ExplainOptions,
): readonly Message[] {
  const warnings: Message[] = [];
  if (expiresAt < now && (expiresSeconds ?? 1) > 0) warnings.push({ text: 'It has expired: S3 refuses it.' });
  // S3 allows the signer's clock to be this far ahead.
  if (signedAt !== undefined && signedAt.getTime() > now.getTime() + 15 * 60 * 1000)
    warnings.push({
      text: "It is not valid until {0}. The clock of the machine that created it may be ahead, or this machine's clock may be behind.",
      args: [signedAt],
    });
  if (expiresSeconds !== undefined && expiresSeconds > maxExpirySeconds)
    warnings.push({ text: 'It was signed for more than 7 days: S3 refuses it.' });
  if (expiresSeconds !== undefined && expiresSeconds < 1)
    warnings.push({ text: 'It was signed for zero seconds: S3 refuses it.' });
  return warnings;
}

const roleSeconds = 12 * 3600;
const sessionSeconds = 36 * 3600;
const directorySeconds = 300;

/** Sources: AWS STS API Reference (roles up to 12 hours, GetSessionToken up to 36); S3 Express sessions: 5 minutes. */
function lifeWarnings(link: ParsedLink, { locale }: ExplainOptions): readonly Message[] {
  const { signer, expiresSeconds = 0, addressing } = link;
  const life = formatDuration(Math.max(0, expiresSeconds), locale);
  if (addressing === 'directory' && expiresSeconds > directorySeconds)
    return [
      {
        text: 'It was signed for {0}, but links to a directory bucket expire after five minutes.',
        args: [life],
      },
    ];
  if (!signer.hasToken && signer.kind !== 'temporary') return [];
  const token: Message = {
    text: 'It was signed with temporary credentials and expires with them, which may be earlier than it says.',
  };
  if (expiresSeconds > sessionSeconds)
    return [
      {
        text: 'It was signed for {0} with temporary credentials, which last at most 36 hours: it expires earlier than it says.',
        args: [life],
      },
    ];
  if (expiresSeconds > roleSeconds)
    return [
      {
        text: 'It was signed for {0} with temporary credentials, which usually last 1 to 12 hours: it probably expires earlier than it says.',
        args: [life],
      },
    ];
  return [token];
}

function placeWarnings({
  isSecure,
  addressing,
  bucket,
  key,
  alternative,
  signature,
}: ParsedLink): readonly Message[] {
  const warnings: Message[] = [];
  if (!isSecure)
    warnings.push({
      text: 'It uses http://: anyone who sees the traffic can read the content and use the link.',
    });
  if (isSecure && addressing === 'virtual' && bucket.includes('.'))
    warnings.push({
      text: 'The bucket name has dots and is in the host name, so the certificate does not match and https:// fails. Ask for a path-style link.',
    });
  if (alternative !== undefined)
    warnings.push({
      text: 'The address does not show whether the bucket name is in the host name or in the path.',
    });
  if (hasDotSegment(key))
    warnings.push({
      text: 'The key has "." or ".." segments: browsers and most programs change such a path, which breaks the link. curl --path-as-is keeps it.',
    });
  if (displayKey(key) !== key)
    warnings.push({
      text: 'The key has characters that are invisible or change how others are displayed. They are shown here as \\u{...}.',
    });
  if (signature === 'v2')
    warnings.push({
      text: 'AWS accepts signature version 2 only in regions opened before 2014 and for buckets created before June 24, 2020. Some other stores do not support it.',
    });
  return warnings;
}

/** The checksums of an empty body, in Base64. */
const emptyChecksums: Readonly<Record<string, string>> = {
  'x-amz-checksum-crc32': 'AAAAAA==',
  'x-amz-checksum-crc32c': 'AAAAAA==',
  'x-amz-checksum-crc64nvme': 'AAAAAAAAAAA=',
  'x-amz-checksum-sha1': '2jmj7l5rSw0yVb/vlWAYkK/YBwk=',
  'x-amz-checksum-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
};

function urlWarnings(link: ParsedUrl): readonly Message[] {
  const { checksums, parameters, service } = link;
  const warnings = [...operationWarnings(link)];
  if (Object.entries(checksums).some(([name, checksum]) => emptyChecksums[name] === checksum))
    warnings.push({
      text: 'It includes the checksum of an empty body, as AWS SDKs sign by default. AWS ignores it, but some other stores refuse every upload that is not empty.',
    });
  else if (Object.keys(checksums).length > 0)
    warnings.push({ text: 'It includes a checksum of the body: other content may be refused.' });
  const added = Object.keys(parameters).filter((name) => !isKnownParameter(name));
  if (added.length > 0)
    warnings.push({
      text: 'It has parameters that S3 does not know ({0}). If they were added after signing, they break it.',
      args: [nameList(added)],
    });
  if (service !== undefined && !service.startsWith('s3'))
    warnings.push({ text: 'It was signed for the service {0}, not for S3.', args: [service] });
  return warnings;
}

function operationWarnings({ operation, statedOperation, ...link }: ParsedUrl): readonly Message[] {
  const warnings: Message[] = [];
  if (statedOperation !== undefined)
    warnings.push(
      operation === undefined
        ? {
            text: 'It names the operation {0} (x-id), which S3 ignores.',
            args: [nameList([statedOperation])],
          }
        : {
            text: 'It names the operation {0} (x-id), which S3 ignores: S3 performs {1}.',
            args: [nameList([statedOperation]), operation],
          },
    );
  if (operation === 'DeleteObject') warnings.push({ text: 'Anyone with the link can delete the object.' });
  if (operation === 'DeleteBucket') warnings.push({ text: 'Anyone with the link can delete the bucket.' });
  const sent = [...Object.keys(link.parameters), ...Object.keys(link.headers), ...link.signedHeaders];
  if (sent.includes('x-amz-write-offset-bytes'))
    warnings.push({ text: 'It appends to the object instead of replacing it.' });
  return warnings;
}
