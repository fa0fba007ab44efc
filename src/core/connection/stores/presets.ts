import type { Addressing } from './endpoint.js';

/** What is known of a store before anything is asked. */
export interface Preset {
  readonly label: string;
  /** `{0}` stands where the answer belongs; without it the endpoint is offered whole. */
  readonly endpoint: string;
  /** What stands for the answer where the endpoint is shown. */
  readonly gap?: string;
  /** What to ask for. */
  readonly ask: string;
  readonly example: string;
  /** The region to sign for; `{0}` where the answer is the region. */
  readonly region: string;
  readonly addressing: Addressing;
  /** Absent where everybody has keys of their own; what is here is the same for all, and no secret. */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Where the owner of the store says so. */
  readonly source: string;
}

export const presets = {
  minio: {
    label: 'MinIO',
    endpoint: 'http://localhost:9000',
    ask: 'Endpoint of the MinIO server: its API port, not that of the console.',
    example: 'https://minio.example.com:9000',
    region: 'us-east-1',
    // Buckets stand in the host only where the server was started with MINIO_DOMAIN.
    addressing: 'path',
    source: 'https://github.com/minio/minio/discussions/15997',
  },
  r2: {
    label: 'Cloudflare R2',
    endpoint: 'https://{0}.r2.cloudflarestorage.com',
    gap: '<account>',
    ask: 'Account ID, or the whole S3 API endpoint, without a bucket, where the bucket is bound to a jurisdiction.',
    example: '0123456789abcdef0123456789abcdef',
    region: 'auto',
    addressing: 'auto',
    source: 'https://developers.cloudflare.com/r2/api/s3/api/',
  },
  b2: {
    label: 'Backblaze B2',
    endpoint: 'https://s3.{0}.backblazeb2.com',
    gap: '<region>',
    ask: 'Region: the second part of the endpoint that Backblaze shows beside the bucket.',
    example: 'us-west-004',
    region: '{0}',
    addressing: 'auto',
    source: 'https://www.backblaze.com/apidocs/introduction-to-the-s3-compatible-api',
  },
  wasabi: {
    label: 'Wasabi',
    endpoint: 'https://s3.{0}.wasabisys.com',
    gap: '<region>',
    ask: 'Region of the buckets.',
    example: 'eu-central-1',
    region: '{0}',
    addressing: 'auto',
    source: 'https://docs.wasabi.com/docs/service-urls-for-wasabis-storage-regions',
  },
  spaces: {
    label: 'DigitalOcean Spaces',
    endpoint: 'https://{0}.digitaloceanspaces.com',
    gap: '<datacenter>',
    ask: 'Datacenter of the Spaces buckets.',
    example: 'nyc3',
    // The datacenter stands in the host; requests are signed for this region in all of them.
    region: 'us-east-1',
    addressing: 'auto',
    source: 'https://docs.digitalocean.com/products/spaces/reference/aws-sdks/',
  },
  gcs: {
    label: 'Google Cloud Storage (interoperability)',
    endpoint: 'https://storage.googleapis.com',
    ask: 'Endpoint of the XML API. The keys are HMAC keys, from Settings > Interoperability.',
    example: 'https://storage.googleapis.com',
    region: 'auto',
    addressing: 'auto',
    source: 'https://cloud.google.com/storage/docs/aws-simple-migration',
  },
  localstack: {
    label: 'LocalStack',
    endpoint: 'http://localhost:4566',
    ask: 'Endpoint of LocalStack.',
    example: 'http://localhost:4566',
    region: 'us-east-1',
    addressing: 'path',
    keys: { accessKeyId: 'test', secretAccessKey: 'test' },
    source: 'https://docs.localstack.cloud/aws/integrations/aws-sdks/javascript',
  },
  other: {
    label: 'Other',
    endpoint: '',
    ask: 'Endpoint: https:// or http://, host and port, without a bucket.',
    example: 'https://s3.example.com',
    region: 'us-east-1',
    addressing: 'auto',
    source: 'the store itself',
  },
} as const satisfies Readonly<Record<string, Preset>>;

export type PresetId = keyof typeof presets;

/** What one question about the endpoint settles. */
export interface PresetAnswer {
  readonly endpoint: string;
  readonly region: string;
}

/** Endpoint and region from the answer to a preset's question: a whole endpoint, or what the pattern lacks. */
export function fillPreset({ endpoint, region }: Preset, answer: string): PresetAnswer {
  const text = answer.trim().replace(/\/+$/, '');
  const isPart = endpoint.includes('{0}') && /^[\w-]+$/.test(text);
  const whole = isPart ? endpoint.replace('{0}', text) : text;
  const part = isPart ? text : partOf(endpoint, whole);
  return { endpoint: whole, region: region.replace('{0}', part ?? 'us-east-1') };
}

/** What stands in an endpoint where the pattern has its gap. */
function partOf(pattern: string, endpoint: string): string | undefined {
  const [before = '', after] = pattern.split('{0}');
  if (after === undefined || !endpoint.startsWith(before) || !endpoint.endsWith(after)) return undefined;
  const part = endpoint.slice(before.length, endpoint.length - after.length);
  return /^[\w-]+$/.test(part) ? part : undefined;
}
