import assert from 'node:assert/strict';
import { explain } from '../../../src/core/failures/explain.js';
import type { Link } from '../../../src/core/links/sign.js';
import { uploadThroughLink } from '../../../src/core/transfer/link/uploadThroughLink.js';
import { assertExplained } from '../support/explanations.js';
import { alice } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';

const request = { kind: 'put', bucket: 'docs', key: 'a', expiresInSeconds: 60 } as const;

interface Row {
  readonly what: string;
  /** Makes a link that is refused. */
  readonly make: (use: ServerUse) => Promise<Link>;
  readonly text: RegExp;
}

/** A good link to a server that gives this answer. */
function answered(status: number, code: string): Row['make'] {
  return async (use) => {
    const link = await use.sign(request);
    use.server.setFault(() => ({ kind: 'status', status, code }));
    return link;
  };
}

/** A link used this many seconds after it was signed. */
function usedAfter(seconds: number): Row['make'] {
  return async (use) => {
    const link = await use.sign(request);
    use.now = new Date(use.now.getTime() + seconds * 1000);
    return link;
  };
}

const rows: readonly Row[] = [
  {
    what: 'create only, for an existing object',
    make: (use) => {
      use.server.putObject('docs', 'a', 'first');
      return use.sign({ ...request, kind: 'putCreateOnly' });
    },
    text: /^The object already exists\. Nothing was changed/,
  },
  { what: 'an expired link', make: usedAfter(62), text: /^The link expired/ },
  { what: 'a link that is not valid yet', make: usedAfter(-3600), text: /^The link is not valid until/ },
  {
    what: 'a header that the link does not allow',
    make: async (use) => {
      const link = await use.sign(request);
      return { ...link, headers: { 'x-amz-acl': 'public-read' } };
    },
    text: /headers that the link does not allow \(x-amz-acl\)/,
  },
  {
    what: 'a wrong secret key',
    make: (use) => {
      const settings = {
        ...keySettings(alice),
        aws_secret_access_key: 'wrong',
        endpoint_url: use.server.endpoint,
      };
      use.aws.write({ credentials: profileText('wrong', settings) });
      return use.sign(request, 'wrong');
    },
    text: /^S3 rejected the signature/,
  },
  {
    what: 'a bucket that does not exist',
    make: (use) => use.sign({ ...request, bucket: 'missing' }),
    text: /^The bucket does not exist/,
  },
  {
    what: 'a signer without the permission',
    make: (use) => use.sign(request, 'mallory'),
    text: /the signer of the link lacks/,
  },
  {
    what: 'expired temporary credentials',
    make: (use) => use.sign(request, 'expired'),
    text: /^The temporary credentials behind the link have expired/,
  },
  {
    what: 'EntityTooLarge',
    make: answered(400, 'EntityTooLarge'),
    text: /^S3 refused the file because it is too large/,
  },
  {
    what: '401',
    make: answered(401, 'Unauthorized'),
    text: /the signer of the link lacks the s3:PutObject permission/,
  },
  { what: '503', make: answered(503, 'SlowDown'), text: /^S3 is receiving too many requests.* Try again/ },
  {
    what: 'create only, while another request creates the object',
    make: answered(409, 'ConditionalRequestConflict'),
    text: /^Something else wrote to the same key at the same time\. .* Try again/,
  },
  { what: 'an unknown error', make: answered(409, 'OperationAborted'), text: /\(409 OperationAborted\)/ },
  { what: 'a redirect', make: answered(307, 'TemporaryRedirect'), text: /\(307 TemporaryRedirect\)/ },
];

/** The reason and the outcome; a second sentence may only suggest a remedy. */
const oneSentence = /^[^.]+\. Nothing was (?:uploaded|changed)\.(?: [^.]+\.)?$/;

describe('explain: an upload through a link that is refused', () => {
  const use = useServer();

  for (const { what, make, text } of rows) {
    it(what, async () => {
      const link = await make(use);
      const body = { kind: 'bytes', bytes: Buffer.from('second') } as const;
      const upload = uploadThroughLink(link, body, { signal: new AbortController().signal });
      const error = await rejection(upload);
      assertExplained(error, { text, remedy: 'retry' });
      assert.match(explain(error).message.text, oneSentence);
    });
  }
});
