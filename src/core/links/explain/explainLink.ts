import { formatDistance, formatDuration } from '../../text/format.js';
import type { Message } from '../../failures/message.js';
import { ownValue } from '../../text/own.js';
import { formatS3Uri } from '../../storage/location.js';
import { explainConditions } from './explainForm.js';
import { displayValue, type ExplainOptions, type Fact, type LinkExplanation } from './explanation.js';
import { linkWarnings } from './linkWarnings.js';
import { isKnownParameter } from '../parse/parameters.js';
import type { ParsedForm, ParsedLink, ParsedUrl } from '../parse/parsedLink.js';
import { isSigningField } from '../parse/secretNames.js';

/** Everything that a link says by itself. Sends nothing. */
export function explainLink(link: ParsedLink, options: ExplainOptions): LinkExplanation {
  const own = link.kind === 'url' ? urlFacts(link) : formFacts(link);
  return {
    title: titleOf(link),
    facts: [...placeFacts(link), ...signerFacts(link), ...timeFacts(link, options), ...own],
    conditions: link.kind === 'form' ? explainConditions(link.conditions, options) : [],
    warnings: linkWarnings(link, options),
  };
}

function titleOf(link: ParsedLink): Message {
  if (link.kind === 'form') return { text: 'Form upload (POST)' };
  return { text: 'Presigned URL for {0}', args: [link.methods.join(', ')] };
}

/** Text that is the same in every language. */
function plain(text: string): Message {
  return { text: '{0}', args: [text] };
}

const addressings = {
  path: 'path style: the bucket name is in the path',
  virtual: 'virtual-hosted style: the bucket name is in the host name',
  accessPoint: 'an access point, in the host name',
  directory: 'a directory bucket, in the host name',
  customDomain: 'a custom domain, whose owner chooses the bucket',
} as const;

const features = {
  dualstack: 'dual-stack (IPv4 and IPv6)',
  fips: 'FIPS',
  accelerate: 'transfer acceleration',
  china: 'China',
} as const;

function placeFacts(link: ParsedLink): readonly Fact[] {
  const { bucket, key, host, addressing, alternative, hostFeatures } = link;
  const policyBucket = link.kind === 'form' ? link.policyBucket : undefined;
  return [
    { label: 'Address', value: plain(formatS3Uri({ bucket, key })) },
    ...(policyBucket === bucket ? [] : [{ label: 'Bucket', value: plain(bucket) }]),
    ...(policyBucket === undefined ? [] : [{ label: 'Bucket in the policy', value: plain(policyBucket) }]),
    { label: 'Key', value: key === '' ? { text: 'none: the link is for the bucket itself' } : plain(key) },
    ...(alternative === undefined
      ? []
      : [
          {
            label: 'Or',
            value: { text: 'bucket {0}, key {1}', args: [alternative.bucket, alternative.key] },
          },
        ]),
    { label: 'Host', value: plain(host) },
    { label: 'Addressing style', value: { text: addressings[addressing] } },
    ...hostFeatures.map((feature) => ({ label: 'Host type', value: { text: features[feature] } })),
  ];
}

const signatures = {
  v2: 'version 2',
  v4: 'version 4',
  v4a: 'version 4A, for multiple regions',
} as const;

const keyKinds = {
  longTerm: 'a long-term access key ending in {0}',
  temporary: 'a temporary access key ending in {0}',
  other: 'an access key ending in {0}',
} as const;

function signerFacts({ signature, signer, region, service }: ParsedLink): readonly Fact[] {
  const token: Message = signer.hasToken ? { text: 'included in the signature' } : { text: 'none' };
  return [
    { label: 'Region', value: region === undefined ? { text: 'not specified' } : plain(region) },
    { label: 'Service', value: service === undefined ? { text: 'not specified' } : plain(service) },
    { label: 'Signature', value: { text: signatures[signature] } },
    {
      label: 'Signed by',
      value:
        signer.lastFour === ''
          ? { text: 'an access key' }
          : { text: keyKinds[signer.kind], args: [signer.lastFour] },
    },
    { label: 'Session token', value: token },
  ];
}

function timeFacts(
  { signedAt, expiresAt, expiresSeconds }: ParsedLink,
  { now, locale }: ExplainOptions,
): readonly Fact[] {
  const secondsLeft = Math.floor((expiresAt.getTime() - now.getTime()) / 1000);
  const distance = formatDistance(Math.abs(secondsLeft), locale);
  return [
    {
      label: 'Created',
      value: signedAt === undefined ? { text: 'not specified' } : { text: '{0}', args: [signedAt] },
    },
    {
      label: 'Expires',
      value:
        secondsLeft < 0
          ? { text: '{0} (expired {1} ago)', args: [expiresAt, distance] }
          : { text: '{0} (in {1})', args: [expiresAt, distance] },
    },
    ...(expiresSeconds === undefined
      ? []
      : [{ label: 'Valid for', value: plain(formatDuration(Math.max(0, expiresSeconds), locale)) }]),
  ];
}

function urlFacts(link: ParsedUrl): readonly Fact[] {
  const { methods, operation, versionId, signedHeaders, headers, overrides, checksums, parameters } = link;
  return [
    { label: 'Method', value: methodFact(methods) },
    ...(operation === undefined ? [] : [{ label: 'Operation', value: plain(operation) }]),
    ...(versionId === undefined ? [] : [{ label: 'Version', value: plain(versionId) }]),
    ...(signedHeaders.length === 0
      ? [{ label: 'Header to send', value: { text: 'none beyond what every client sends' } }]
      : []),
    ...signedHeaders.map((name) => headerFact(name, ownValue(headers, name))),
    ...named('Overrides in the response', overrides),
    ...named('Checksum of the body', checksums),
    ...named('Parameter', withoutUnknown(parameters)),
  ];
}

/** A parameter that S3 does not know may be a secret of another service, so only its name is shown. */
function withoutUnknown(parameters: ParsedUrl['parameters']): ParsedUrl['parameters'] {
  return Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, isKnownParameter(name) ? value : '']),
  );
}

function methodFact(methods: ParsedUrl['methods']): Message {
  const [first = '', ...others] = methods;
  if (others.length === 0) return plain(first);
  return {
    text: 'one of {0}: only the one it was signed for works, and the link does not say which',
    args: [methods.join(', ')],
  };
}

function headerFact(name: string, value: string | undefined): Fact {
  return {
    label: 'Header to send',
    value:
      value === undefined
        ? { text: '{0}, with exactly the signed value, which the link does not contain', args: [name] }
        : plain(`${name}: ${displayValue(name, value)}`),
  };
}

function named(label: string, values: Readonly<Record<string, string>>): readonly Fact[] {
  return Object.entries(values).map(([name, value]) => ({
    label,
    value: plain(value === '' ? name : `${name} = ${displayValue(name, value)}`),
  }));
}

function formFacts({ fields }: ParsedForm): readonly Fact[] {
  const own = Object.entries(fields).filter(
    ([name]) => !isSigningField(name) && name.toLowerCase() !== 'key',
  );
  return [
    { label: 'Method', value: plain('POST') },
    ...named('Field', Object.fromEntries(own)),
    {
      label: 'Content to send',
      value: { text: 'all fields of the form, then the content in the field "file"' },
    },
  ];
}
