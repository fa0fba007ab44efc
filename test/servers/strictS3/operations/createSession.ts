import { randomBytes } from 'node:crypto';
import type { Answer, Call, Operation } from '../call.js';
import { bucketOf, xmlAnswer } from '../call.js';
import { S3Error } from '../errors.js';
import { formatDocument } from '../xml.js';

/** Sessions last five minutes (Amazon S3 API Reference, "CreateSession"). */
const sessionMs = 5 * 60 * 1000;

function createSession(call: Call): Answer {
  const bucket = bucketOf(call);
  if (!bucket.isDirectory) throw new S3Error('MethodNotAllowed');
  const session = {
    accessKeyId: `ASIA${randomBytes(8).toString('hex').toUpperCase()}`,
    secretAccessKey: randomBytes(20).toString('hex'),
    sessionToken: randomBytes(60).toString('base64'),
    denied: call.signer.credential.denied ?? [],
    endsAt: new Date(call.now.getTime() + sessionMs),
  };
  bucket.sessions.push(session);
  return xmlAnswer(
    formatDocument([
      'CreateSessionResult',
      [
        [
          'Credentials',
          [
            ['AccessKeyId', session.accessKeyId],
            ['SecretAccessKey', session.secretAccessKey],
            ['SessionToken', session.sessionToken],
            ['Expiration', session.endsAt.toISOString()],
          ],
        ],
      ],
    ]),
  );
}

export const sessionOperations = {
  CreateSession: { takes: 'document', answer: createSession },
} as const satisfies Record<string, Operation>;
