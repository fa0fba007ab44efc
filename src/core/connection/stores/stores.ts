/** Where the bucket is in an address: in the host name, in the path, or whichever the store accepts. */
export type Addressing = 'auto' | 'path' | 'virtual';

/** Suggestions for a connection to a store, before the user is asked anything. */
export interface StoreTemplate {
  /** `{0}` is replaced by the answer; without it the whole endpoint is offered. */
  readonly endpoint: string;
  /** Shown in place of the answer. */
  readonly placeholder?: string;
  /** What to ask for. */
  readonly ask: string;
  readonly example: string;
  /** The region to sign for; `{0}` where the answer is the region. */
  readonly region: string;
  readonly addressing: Addressing;
  /** Absent if each user has their own keys; these are the same for all users and not secret. */
  readonly keys?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The store's own documentation of these values. */
  readonly source: string;
}

/** What some stores do not support: `form` is an upload by POST. */
export type StoreFeature = 'form';

/** Everything known about a store: an entry here is all that a store needs. */
export interface Store {
  readonly label: string;
  /**
   * Its hosts, without a bucket, as two patterns: the beginning, and the domain that they all share. Source: each
   * store's documentation of its endpoints. Absent if every owner has their own host.
   */
  readonly host?: readonly [beginning: string, domain: string];
  /** Set if it refuses a bucket in the path. */
  readonly isVirtualOnly?: true;
  /** What it answers with "not implemented". */
  readonly unsupported?: readonly StoreFeature[];
  /** Set if it is offered when a connection is added. */
  readonly template?: StoreTemplate;
}

const raw = String.raw;

/** In the order in which they are offered. */
export const stores = {
  minio: {
    label: 'MinIO',
    template: {
      endpoint: 'http://localhost:9000',
      ask: 'Endpoint of the MinIO server: its API port, not the console port.',
      example: 'https://minio.example.com:9000',
      region: 'us-east-1',
      // Buckets are in the host name only if the server was started with MINIO_DOMAIN.
      addressing: 'path',
      source: 'https://github.com/minio/minio/discussions/15997',
    },
  },
  r2: {
    label: 'Cloudflare R2',
    // The account, then a jurisdiction: https://developers.cloudflare.com/r2/reference/data-location/
    host: [raw`[0-9a-f]{32}(?:\.[a-z]+)?`, raw`r2\.cloudflarestorage\.com`],
    unsupported: ['form'],
    template: {
      endpoint: 'https://{0}.r2.cloudflarestorage.com',
      placeholder: '<account>',
      ask: 'Account ID, or the whole S3 API endpoint (without a bucket) if the bucket has a jurisdiction.',
      example: '0123456789abcdef0123456789abcdef',
      region: 'auto',
      addressing: 'auto',
      source: 'https://developers.cloudflare.com/r2/api/s3/api/',
    },
  },
  b2: {
    label: 'Backblaze B2',
    host: [raw`s3\.[a-z0-9-]+`, raw`backblazeb2\.com`],
    unsupported: ['form'],
    template: {
      endpoint: 'https://s3.{0}.backblazeb2.com',
      placeholder: '<region>',
      ask: 'Region: the second part of the endpoint that Backblaze shows for the bucket.',
      example: 'us-west-004',
      region: '{0}',
      addressing: 'auto',
      source: 'https://www.backblaze.com/apidocs/introduction-to-the-s3-compatible-api',
    },
  },
  wasabi: {
    label: 'Wasabi',
    host: [raw`s3(?:\.[a-z0-9-]+)?`, raw`wasabisys\.com`],
    template: {
      endpoint: 'https://s3.{0}.wasabisys.com',
      placeholder: '<region>',
      ask: 'Region of your buckets.',
      example: 'eu-central-1',
      region: '{0}',
      addressing: 'auto',
      source: 'https://docs.wasabi.com/docs/service-urls-for-wasabis-storage-regions',
    },
  },
  spaces: {
    label: 'DigitalOcean Spaces',
    host: [raw`[a-z]{3}\d`, raw`digitaloceanspaces\.com`],
    template: {
      endpoint: 'https://{0}.digitaloceanspaces.com',
      placeholder: '<datacenter>',
      ask: 'Datacenter of your Spaces buckets.',
      example: 'nyc3',
      // The datacenter is in the host name; requests to every datacenter are signed for this region.
      region: 'us-east-1',
      addressing: 'auto',
      source: 'https://docs.digitalocean.com/products/spaces/reference/aws-sdks/',
    },
  },
  gcs: {
    label: 'Google Cloud Storage (interoperability)',
    host: [raw`storage`, raw`googleapis\.com`],
    template: {
      endpoint: 'https://storage.googleapis.com',
      ask: 'Endpoint of the XML API. Use HMAC keys, from Settings > Interoperability.',
      example: 'https://storage.googleapis.com',
      region: 'auto',
      addressing: 'auto',
      source: 'https://cloud.google.com/storage/docs/aws-simple-migration',
    },
  },
  localstack: {
    label: 'LocalStack',
    host: [raw`s3(?:\.[a-z0-9-]+)?`, raw`localhost\.localstack\.cloud`],
    template: {
      endpoint: 'http://localhost:4566',
      ask: 'Endpoint of LocalStack.',
      example: 'http://localhost:4566',
      region: 'us-east-1',
      addressing: 'path',
      keys: { accessKeyId: 'test', secretAccessKey: 'test' },
      source: 'https://docs.localstack.cloud/aws/integrations/aws-sdks/javascript',
    },
  },
  other: {
    label: 'Other',
    template: {
      endpoint: '',
      ask: 'Endpoint: https:// or http://, host and port, without a bucket.',
      example: 'https://s3.example.com',
      region: 'us-east-1',
      addressing: 'auto',
      source: 'the store itself',
    },
  },
  // Refuses a bucket in the path with the code SecondLevelDomainForbidden.
  oss: {
    label: 'Alibaba Cloud OSS',
    host: [raw`(?:s3\.)?oss-[a-z0-9-]+`, raw`aliyuncs\.com`],
    isVirtualOnly: true,
  },
  cos: { label: 'Tencent COS', host: [raw`cos\.[a-z0-9-]+`, raw`myqcloud\.com`], isVirtualOnly: true },
  // Refuses a bucket in the path with the code VirtualHostDomainRequired.
  obs: { label: 'Huawei OBS', host: [raw`obs\.[a-z0-9-]+`, raw`myhuaweicloud\.com`], isVirtualOnly: true },
  tos: { label: 'Volcengine TOS', host: [raw`tos-s3-[a-z0-9-]+`, raw`i?volces\.com`], isVirtualOnly: true },
  scaleway: { label: 'Scaleway', host: [raw`s3\.[a-z0-9-]+`, raw`scw\.cloud`] },
  ovh: { label: 'OVHcloud', host: [raw`s3\.[a-z0-9-]+(?:\.(?:io|perf))?`, raw`cloud\.ovh\.(?:net|us)`] },
  ibm: {
    label: 'IBM Cloud Object Storage',
    host: [raw`s3\.[a-z0-9.-]+`, raw`cloud-object-storage\.appdomain\.cloud`],
  },
  linode: { label: 'Linode', host: [raw`[a-z]{2}-[a-z]+-\d`, raw`linodeobjects\.com`] },
  hetzner: { label: 'Hetzner', host: [raw`[a-z]{3}\d`, raw`your-objectstorage\.com`] },
  vultr: { label: 'Vultr', host: [raw`[a-z]{3}\d`, raw`vultrobjects\.com`] },
  exoscale: { label: 'Exoscale', host: [raw`sos-[a-z0-9-]+`, raw`exo\.io`] },
} as const satisfies Readonly<Record<string, Store>>;

export type StoreId = keyof typeof stores;

const entries = Object.entries<Store>(stores);

/** The hosts of all stores, as patterns. */
export const storeHosts: readonly string[] = entries.flatMap(([, { host }]) =>
  host === undefined ? [] : [`${host[0]}\\.${host[1]}`],
);

const domains = entries.flatMap(([id, { host }]) =>
  host === undefined ? [] : [[id as StoreId, new RegExp(`(?:^|\\.)${host[1]}$`, 'i')] as const],
);

/** The store behind an endpoint; undefined for AWS and for stores without an entry here. */
export function storeOf(endpoint: string | undefined): StoreId | undefined {
  if (endpoint === undefined) return undefined;
  const { hostname } = new URL(endpoint);
  return domains.find(([, domain]) => domain.test(hostname))?.[0];
}

/** Whether a store refuses a bucket in the path. */
export function isVirtualOnly(endpoint: string): boolean {
  return storeAt(endpoint)?.isVirtualOnly === true;
}

/** The name of the store behind an endpoint if it lacks this feature; undefined if it supports it or is unknown. */
export function storeWithout(feature: StoreFeature, endpoint: string | undefined): string | undefined {
  const store = storeAt(endpoint);
  return store?.unsupported?.includes(feature) === true ? store.label : undefined;
}

function storeAt(endpoint: string | undefined): Store | undefined {
  const id = storeOf(endpoint);
  return id === undefined ? undefined : stores[id];
}
