import type { AwsService } from '../../servers/aws/service.js';
import type { SsoState } from '../../servers/aws/sso.js';
import type { FaultAnswer, FaultRequest, StrictS3 } from '../../servers/strictS3/server.js';
import type { BlackHole } from '../../support/badServers.js';
import { isCall, serveCalls, type CallServer } from '../calls.js';
import type { SecureNetwork } from './network.js';
import type { FaultName, S3Actions, SeenRequest, ServerName } from './protocol.js';
import { fillHome } from './servers.js';

export interface Servers extends Readonly<Record<ServerName, StrictS3>> {
  readonly network: SecureNetwork;
  /** A server whose clock is ahead. */
  readonly ahead: StrictS3;
  /** Accepts no connections. */
  readonly hole: BlackHole;
  /** Gives the profile `portal` its keys. */
  readonly portal: AwsService;
  readonly signIn: SsoState;
  /** Gives roles their keys. */
  readonly sts: AwsService;
}

type Handlers = {
  readonly [Action in keyof S3Actions]: (ask: S3Actions[Action]['ask']) => S3Actions[Action]['answer'];
};

const denied = { kind: 'status', status: 403, code: 'AccessDenied' } as const;

const busy = { kind: 'status', status: 503, code: 'SlowDown' } as const;

const unknownHeader = { kind: 'status', status: 501, code: 'NotImplemented' } as const;

const signInPage = { kind: 'page', html: '<html><body>Sign in</body></html>' } as const;

/** Looks like an MD5 but is not one. */
const opaqueEtag = { etag: `"${'0'.repeat(32)}"` } as const;

/** A fault; `count` is the number of requests for the same operation since it was set, including this one. */
type CountingFault = (request: FaultRequest, count: number) => FaultAnswer | undefined;

function onceThenHang(failing: string, answer: FaultAnswer): CountingFault {
  return ({ operation }, count) => {
    if (operation !== failing) return undefined;
    return count === 1 ? answer : { kind: 'hang' };
  };
}

const faults: Readonly<Record<FaultName, CountingFault | undefined>> = {
  none: undefined,
  listingDenied: ({ operation }) => (operation === 'ListObjectsV2' ? denied : undefined),
  nextPageDenied: ({ path }) => (path.includes('continuation-token=') ? denied : undefined),
  listingBusy: ({ operation }) => (operation === 'ListObjectsV2' ? busy : undefined),
  listingHangs: ({ operation }) => (operation === 'ListObjectsV2' ? { kind: 'hang' } : undefined),
  listingBusyOnce: onceThenHang('ListObjectsV2', busy),
  bucketsBusyOnce: onceThenHang('ListBuckets', busy),
  bucketsDroppedOnce: onceThenHang('ListBuckets', { kind: 'drop' }),
  bucketsHang: ({ operation }) => (operation === 'ListBuckets' ? { kind: 'hang' } : undefined),
  regionsHang: ({ operation }) =>
    /^(?:ListBuckets|HeadBucket)$/.test(operation) ? { kind: 'hang' } : undefined,
  uploadHangs: ({ operation }) => (operation === 'PutObject' ? { kind: 'hang' } : undefined),
  uploadGetsPage: ({ operation }) => (operation === 'PutObject' ? signInPage : undefined),
  uploadAnswersLost: ({ operation }) => (operation === 'PutObject' ? { kind: 'dropAnswer' } : undefined),
  etagsOpaque: ({ operation }) =>
    /^(?:PutObject|HeadObject)$/.test(operation) ? { kind: 'headers', headers: opaqueEtag } : undefined,
  conditionsUnknown: ({ path }) =>
    /SignedHeaders=[^&]*if-none-match/.test(path) ? unknownHeader : undefined,
  linksSwitch: ({ path }) => (path.includes('X-Amz-Signature=') ? { kind: 'switchProtocols' } : undefined),
  linksInform: ({ path }) => (path.includes('X-Amz-Signature=') ? { kind: 'inform' } : undefined),
};

/** Lets the tests see and control the servers, which run outside of the extension host. */
export function steer(servers: Servers): Promise<CallServer> {
  const { home, network, hole, signIn } = servers;
  let arrived: string[] = [];
  const handlers: Handlers = {
    requests: ({ server }) => servers[server].requests.map(seen),
    clearRequests: ({ server }) => {
      servers[server].clearRequests();
      return undefined;
    },
    keys: ({ bucket }) => home.keys(bucket),
    text: ({ bucket, key }) => home.getObject(bucket, key)?.body.toString('utf8'),
    put: ({ bucket, key, text }) => {
      home.putObject(bucket, key, text);
      return undefined;
    },
    setSignInLife: ({ seconds }) => {
      signIn.lifeSeconds = seconds;
      return undefined;
    },
    setFault: ({ fault }) => {
      arrived = [];
      home.setFault((request) => {
        arrived.push(request.operation);
        return faults[fault]?.(request, arrived.filter((other) => other === request.operation).length);
      });
      return undefined;
    },
    restore: () => {
      home.setFault(undefined);
      fillHome(home);
      return undefined;
    },
    network: () => ({
      arrived,
      secureConnections: network.connections,
      userAgents: network.server.requests.map(({ headers }) => headers['user-agent'] ?? ''),
      proxyUrl: network.proxyUrl,
      closedProxyUrl: network.closedProxyUrl,
      holeUrl: `http://${hole.host}`,
      tunnels: network.tunnels,
    }),
  };
  return serveCalls((ask) => {
    if (!isRequest(ask, handlers)) throw new Error('Unknown action.');
    return Promise.resolve(dispatch(handlers, ask));
  });
}

type Request<Action extends keyof S3Actions> = { readonly action: Action } & S3Actions[Action]['ask'];

function dispatch<Action extends keyof S3Actions>(handlers: Handlers, ask: Request<Action>): unknown {
  return handlers[ask.action](ask);
}

/** The client's other fields are typed by the same table. */
function isRequest(ask: unknown, handlers: Handlers): ask is Request<keyof S3Actions> {
  return isCall(ask, handlers);
}

function seen({ method, path, operation, status, accessKeyId, presigned }: SeenRequest): SeenRequest {
  return {
    method,
    path: presigned ? path.replace(/\?.*$/s, '') : path,
    operation,
    status,
    accessKeyId,
    presigned,
  };
}
