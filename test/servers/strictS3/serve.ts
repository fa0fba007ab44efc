import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthenticationOptions } from './auth/authenticate.js';
import { authenticate, isPresigned } from './auth/authenticate.js';
import type { Answer, Call, Operation, Payload } from './call.js';
import { answerPreflight, corsHeaders } from './cors.js';
import { S3Error } from './errors.js';
import type { FaultSwitch } from './faults.js';
import { postObject } from './form/postObject.js';
import type { RequestLog } from './log.js';
import { operations } from './operations/table.js';
import type { PayloadClaims } from './payload.js';
import { AbortedRequest, readClaims, readPayload } from './payload.js';
import type { S3Request } from './request.js';
import { parseRequest } from './request.js';
import { answerOfError, errorAnswer, send } from './respond.js';
import { operationOf, unsupported } from './route.js';
import type { Bucket, Store } from './store.js';
import type { FaultAnswer, RequestRecord, StrictCredential, StrictS3Options } from './types.js';

export interface ServerState {
  readonly options: StrictS3Options;
  readonly store: Store;
  readonly faults: FaultSwitch;
  readonly log: RequestLog;
  readonly now: () => Date;
}

/** A request in progress. */
interface Exchange {
  readonly state: ServerState;
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly expectsContinue: boolean;
  bodyBytes: number;
  operation: string;
  accessKeyId: string | undefined;
  presigned: boolean;
  recorded: boolean;
}

/** If more than this is left of a refused body, the connection is closed instead of reading on. */
const maxDrainedBytes = 8 * 1024 ** 2;

function record(exchange: Exchange, status: number): void {
  if (exchange.recorded) return;
  exchange.recorded = true;
  const { message } = exchange;
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)] as const);
  const entry: RequestRecord = {
    method: message.method ?? '',
    path: message.url ?? '',
    operation: exchange.operation,
    status,
    headers: Object.fromEntries(headers),
    accessKeyId: exchange.accessKeyId,
    presigned: exchange.presigned,
    bodyBytes: exchange.bodyBytes,
  };
  exchange.state.log.add(entry);
}

/**
 * What a bucket adds to every answer: HeadBucket reports the region whatever else it answers, as does a
 * refusal because of the region; pages of other origins may read what the bucket allows.
 */
function ofBucket(answer: Answer, exchange: Exchange, request: S3Request | undefined): Answer {
  const bucket = exchange.state.store.get(request?.bucket ?? '');
  if (bucket === undefined || request === undefined) return answer;
  const region: Record<string, string> =
    exchange.operation === 'HeadBucket' ? { 'x-amz-bucket-region': bucket.region } : {};
  return { ...answer, headers: { ...answer.headers, ...region, ...corsHeaders(request, bucket) } };
}

function findOperation(name: string): Operation {
  const operation = operations[name];
  if (operation === undefined) throw new S3Error('NotImplemented');
  return operation;
}

/** In a directory bucket, only sessions created there can sign. */
function sessionsAt({ sessions }: Bucket, now: Date): readonly StrictCredential[] {
  return sessions.map((session) => ({ ...session, expired: session.endsAt.getTime() < now.getTime() }));
}

function authenticationAt(exchange: Exchange, bucket: Bucket | undefined): AuthenticationOptions {
  const { state } = exchange;
  const now = state.now();
  const inSession = bucket?.isDirectory === true && exchange.operation !== 'CreateSession';
  return {
    credentials: inSession ? sessionsAt(bucket, now) : state.options.credentials,
    now,
    region: exchange.operation === 'CreateBucket' ? undefined : bucket?.region,
    service: bucket?.isDirectory === true ? 's3express' : 's3',
    tokenHeader: inSession ? 'x-amz-s3session-token' : 'x-amz-security-token',
  };
}

function admit(exchange: Exchange, request: S3Request): Omit<Call, 'payload'> {
  const { state } = exchange;
  const options = authenticationAt(exchange, state.store.get(request.bucket ?? ''));
  const signer = authenticate(request, options);
  exchange.accessKeyId = signer.credential.accessKeyId;
  if (signer.credential.denied?.includes(exchange.operation) === true) throw new S3Error('AccessDenied');
  return { request, store: state.store, signer, now: options.now };
}

/** A form names its signer inside its body, so the body is read first. */
async function performForm(
  exchange: Exchange,
  request: S3Request,
  pace: number | undefined,
): Promise<Answer> {
  const { store } = exchange.state;
  const bucket = store.get(request.bucket ?? '');
  if (bucket === undefined)
    throw new S3Error('NoSuchBucket', { details: { BucketName: request.bucket ?? '' } });
  const claims = readClaims(request, {
    takes: 'object',
    payloadHash: 'UNSIGNED-PAYLOAD',
    refusesChecksumParameters: false,
    discard: false,
  });
  const { body } = await readBody(exchange, claims, pace);
  return postObject({
    request,
    body,
    store,
    auth: authenticationAt(exchange, bucket),
    onSigner: (accessKeyId) => {
      exchange.accessKeyId = accessKeyId;
    },
  });
}

function readBody(exchange: Exchange, claims: PayloadClaims, pace: number | undefined): Promise<Payload> {
  if (exchange.expectsContinue) exchange.response.writeContinue();
  return readPayload(exchange.message, claims, {
    onBytes: (count) => {
      exchange.bodyBytes += count;
    },
    bytesPerSecond: pace,
  });
}

async function perform(exchange: Exchange, request: S3Request, pace: number | undefined): Promise<Answer> {
  const { options, store } = exchange.state;
  if (exchange.operation === 'PreflightRequest')
    return answerPreflight(request, store.get(request.bucket ?? ''));
  if (exchange.operation === 'PostObject') return await performForm(exchange, request, pace);
  const call = admit(exchange, request);
  const operation = findOperation(exchange.operation);
  if (request.key !== undefined && Buffer.byteLength(request.key) > 1024) {
    throw new S3Error('KeyTooLongError', {
      details: { Size: String(Buffer.byteLength(request.key)), MaxSizeAllowed: '1024' },
    });
  }
  const claims = readClaims(request, {
    takes: operation.takes,
    payloadHash: call.signer.payloadHash,
    refusesChecksumParameters: options.refusesChecksumParameters ?? true,
    discard: options.discardBodies ?? false,
  });
  operation.check?.(call);
  const payload = await readBody(exchange, claims, pace);
  // The clock may have moved while the body arrived.
  return operation.answer({ ...call, now: exchange.state.now(), payload });
}

const switching = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';

function inform({ response }: Exchange): void {
  const timer = setInterval(() => {
    response.writeProcessing();
  }, 50);
  response.once('close', () => {
    clearInterval(timer);
  });
}

function faultAnswer(fault: FaultAnswer | undefined): Answer | undefined {
  if (fault?.kind === 'status') return errorAnswer({ ...fault, message: fault.message ?? fault.code });
  if (fault?.kind !== 'page') return undefined;
  return { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from(fault.html) };
}

async function hang(exchange: Exchange): Promise<void> {
  await exchange.state.faults.hang((release) => exchange.response.once('close', release));
}

function drainRest({ message, response }: Exchange): void {
  let rest = 0;
  message.on('data', (piece: Buffer) => {
    rest += piece.length;
    if (rest > maxDrainedBytes) response.socket?.destroy();
  });
  message.on('error', () => undefined);
}

async function reply(
  exchange: Exchange,
  answer: Answer,
  options: { readonly pace: number | undefined; readonly refusedUnread: boolean },
): Promise<void> {
  const { message, response } = exchange;
  await send(response, answer, {
    now: exchange.state.now(),
    isHead: message.method === 'HEAD',
    closes: options.refusedUnread && exchange.expectsContinue,
    bytesPerSecond: options.pace,
    onEnd: (status) => {
      record(exchange, status);
    },
  });
  if (options.refusedUnread) drainRest(exchange);
}

function decideFault(exchange: Exchange, request: S3Request): FaultAnswer | undefined {
  return exchange.state.faults.decide({
    method: request.method,
    path: request.target,
    operation: exchange.operation,
    key: request.key,
    bucket: request.bucket,
  });
}

async function answerRequest(exchange: Exchange): Promise<void> {
  let request: S3Request | undefined;
  let pace: number | undefined;
  let answer: Answer;
  try {
    request = parseRequest(exchange.message);
    exchange.operation = operationOf(request);
    exchange.presigned = isPresigned(request);
    const fault = decideFault(exchange, request);
    if (fault?.kind === 'drop') return void exchange.message.socket.destroy();
    if (fault?.kind === 'switchProtocols') return void exchange.message.socket.write(switching);
    if (fault?.kind === 'inform') {
      inform(exchange);
      return;
    }
    if (fault?.kind === 'hang') await hang(exchange);
    if (exchange.response.destroyed) return;
    if (fault?.kind === 'slowBody') pace = fault.bytesPerSecond;
    answer = faultAnswer(fault) ?? (await perform(exchange, request, pace));
    if (fault?.kind === 'dropAnswer') return void exchange.message.socket.destroy();
    if (fault?.kind === 'headers') answer = { ...answer, headers: { ...answer.headers, ...fault.headers } };
  } catch (error) {
    if (error instanceof AbortedRequest) return;
    answer = answerOfError(error);
  }
  const refusedUnread = !exchange.message.complete;
  await reply(exchange, ofBucket(answer, exchange, request), { pace, refusedUnread });
}

/** Answers one request, whatever happens, and records it once. */
export async function serve(
  state: ServerState,
  message: IncomingMessage,
  response: ServerResponse,
  expectsContinue: boolean,
): Promise<void> {
  const exchange: Exchange = {
    state,
    message,
    response,
    expectsContinue,
    bodyBytes: 0,
    operation: unsupported,
    accessKeyId: undefined,
    presigned: false,
    recorded: false,
  };
  response.once('close', () => {
    record(exchange, 0);
  });
  await answerRequest(exchange);
}
