import { parseTimestamp } from '../../../src/core/connection/credentials/staticKeys.js';
import { parseAwsHost, parseStoreHost } from '../../../src/core/connection/stores/hosts.js';
import { normalizeSectionNames } from '../../../src/core/connection/profiles/sectionNames.js';
import { decodePercent, parseWebAddress } from '../../../src/core/connection/webAddress.js';
import { parseFileName } from '../../../src/core/links/disposition.js';
import { explainLink } from '../../../src/core/links/explain/explainLink.js';
import { findLinkAt, findLinks } from '../../../src/core/links/parse/findLink.js';
import { parseForm, readHtmlForm } from '../../../src/core/links/parse/parseForm.js';
import { parseLink, parseLinkIn } from '../../../src/core/links/parse/parseLink.js';
import { parseJson, parsePolicy } from '../../../src/core/links/parse/parsePolicy.js';
import type { ParsedLink } from '../../../src/core/links/parse/parsedLink.js';
import {
  parseCredential,
  parseAmzDate,
  parseUrl,
  type LinkProblem,
} from '../../../src/core/links/parse/parseUrl.js';
import { displayValue } from '../../../src/core/links/explain/explanation.js';
import { parseExpiry } from '../../../src/core/links/expiry.js';
import { parseFormType, parseMetadata, parseSizeRange } from '../../../src/core/links/optionTexts.js';
import { parsePresets } from '../../../src/core/links/preset.js';
import { holdsSecret, redact, redactStart } from '../../../src/core/failures/redact.js';
import { hasRepeatedName } from '../../../src/core/text/repeatedNames.js';
import { foreignHost, parseAddress, parsePlace } from '../../../src/core/storage/address.js';
import { decodeKey } from '../../../src/core/storage/listing.js';
import { parseS3Uri } from '../../../src/core/storage/location.js';
import { parseRefusal } from '../../../src/core/transfer/refusals/parseRefusal.js';
import { safeFileName } from '../../../src/core/text/safeFileName.js';
import { compareWithCanonical } from '../../../src/core/transfer/refusals/signatureDifference.js';
import { writtenV4 } from '../../support/writtenLinks.js';

const now = new Date('2026-03-01T10:00:00Z');
const endpoint = 'http://127.0.0.1:9000';
const sent = {
  method: 'PUT',
  url: writtenV4({ address: 'https://docs.s3.eu-west-1.amazonaws.com/in/a.txt' }),
  headers: { 'x-amz-meta-owner': 'me' },
};

/** A parsed link with its explanation. */
function explained(link: ParsedLink | LinkProblem): unknown {
  return 'problem' in link ? link : { link, told: explainLink(link, { now, locale: 'en' }) };
}

/** Every function of core that reads untrusted text, by name, with each way of calling it. */
export const readers: Readonly<Record<string, (text: string) => unknown>> = {
  compareWithCanonical: (text) => compareWithCanonical(text, sent),
  decodeKey,
  decodePercent,
  explainRefusal: (text) => parseRefusal(403, text).userMessage,
  findLinkAt: (text) => [findLinkAt(text, 0), findLinkAt(text, text.length >> 1)],
  findLinks,
  foreignHost: (text) => [foreignHost(text, {}), foreignHost(text, { endpoint })],
  hasRepeatedName: (text) =>
    [true, false].map((ignoreCase) =>
      hasRepeatedName(JSON.stringify([text, { [text]: text }]), { ignoreCase }),
    ),
  holdsSecret: (text) => holdsSecret({ key: text }),
  parseAddress: (text) => [parseAddress(text), parseAddress(text, { endpoint })],
  parseAwsHost,
  parseCredential,
  parseExpiry: (text) => parseExpiry(text, now),
  parseFileName,
  parseForm: (text) => explained(parseForm({ url: text, fields: { policy: text, [text]: text } }, {})),
  parseFormType,
  parseJson,
  parseLink: (text) => explained(parseLink(text)),
  parseLinkIn: (text) => explained(parseLinkIn(text)),
  parseMetadata,
  parseTimestamp,
  parsePlace: (text) => parsePlace(text),
  parsePolicy: (text) => [parsePolicy(text), parsePolicy(Buffer.from(text).toString('base64'))],
  parsePresets: (text) => parsePresets([parseJson(text), { name: text, kind: text, [text]: text }]),
  parseRefusal: (text) => parseRefusal(403, text, { use: 'upload', sent, headers: { server: text } }).refusal,
  parseS3Uri,
  parseSizeRange,
  parseAmzDate,
  parseStoreHost: (text) => [parseStoreHost(text, 'sure'), parseStoreHost(text, 'likely')],
  parseUrl: (text) => explained(parseUrl(text, { headers: { [text]: text } })),
  parseWebAddress,
  readHtmlForm,
  redact,
  redactStart,
  safeFileName,
  displayValue: (text) => [displayValue('key', text), displayValue(text, text)],
  normalizeSectionNames: (text) => [
    normalizeSectionNames(text, 'config').text,
    normalizeSectionNames(text, 'credentials').text,
  ],
};

/** Exports with such a name that read no text, or only text that others here have already read. */
export const otherwiseTested: readonly string[] = ['decodeContent', 'readUploadResponse'];

/** The errors that a reader's documentation allows for invalid text. */
export const documentedErrors: Readonly<Record<string, readonly string[]>> = {
  decodeKey: ['URIError'],
};
