import assert from 'node:assert/strict';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { explain } from '../../../src/core/failures/explain.js';
import { logDetail, displayCode, displayDetail } from '../../../src/core/failures/failureText.js';
import { formatMessage } from '../../../src/core/failures/message.js';
import { redactStart } from '../../../src/core/failures/redact.js';
import { listBuckets } from '../../../src/core/storage/buckets.js';
import { temporary } from '../../support/identities.js';
import { keySettings, profileText } from '../../support/awsSettings.js';
import { useServer, type ServerUse } from '../../support/server.js';
import { rejection } from '../../support/values.js';
import { processorMsUntil } from '../support/processorTime.js';
import { useListener } from '../support/webServer.js';

const signature = '0123456789abcdef'.repeat(4);

describe('displayCode', () => {
  for (const code of ['NoSuchBucket', 'KMS.DisabledException', '403', 'invalid-argument', 'z'.repeat(64)]) {
    it(`shows ${code}`, () => {
      assert.equal(displayCode(code), code);
    });
  }

  const hidden = {
    nothing: '',
    words: 'The code of the failure',
    'a long code': 'z'.repeat(65),
    'an access key': 'AKIAIOSFODNN7EXAMPLE',
    'a signature': signature,
    'a line break': 'NoSuchKey\nNext',
    markup: '[x](command:y)',
  };
  for (const [what, code] of Object.entries(hidden)) {
    it(`does not show ${what}`, () => {
      assert.equal(displayCode(code), 'unknown error');
    });
  }
});

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

/** Texts that contain a secret. */
const secretForms: Readonly<Record<string, string>> = {
  'a signature': `X-Amz-Signature=${signature}`,
  'a signature alone': signature,
  'an access key': 'AKIAIOSFODNN7EXAMPLE',
  'an element': `<SecretAccessKey>${secret}</SecretAccessKey>`,
  'an element with spaces': `<Token>first ${secret} last ${secret}</Token>`,
  'a quoted value': `"Token": "first ${secret} last ${secret}"`,
  'a value in single quotes': `Token='first ${secret} last ${secret}'`,
  'a password': `PROXY someone:${secret.replaceAll('/', '')}@127.0.0.1:1`,
  'a password in a URL': `http://someone:${secret.replaceAll('/', '')}@127.0.0.1:1/path`,
  'a link': `https://h/b/k?X-Amz-Expires=60&X-Amz-Signature=${signature}&x-id=${secret}`,
  'a bearer token': `Authorization: Bearer ${secret}`,
  'a token of STS': temporary.sessionToken,
  'a string to sign': `<StringToSign>AWS4-HMAC-SHA256\n20260101T000000Z\n${signature}</StringToSign>`,
};

const needles = [signature, 'IOSFODNN7EXA', secret, secret.replaceAll('/', ''), temporary.sessionToken];

/** Pieces of secrets that are long enough to be useful. */
const pieces = needles.flatMap((needle) =>
  Array.from({ length: Math.max(1, needle.length - 7) }, (_, at) => needle.slice(at, at + 8)),
);

describe('redactStart', () => {
  for (const [what, text] of Object.entries(secretForms)) {
    it(`keeps no part of a secret when it shortens a long text: ${what}`, () => {
      for (let before = 2048 - text.length; before <= 2048; before += 1) {
        const shown = redactStart(`${'x '.repeat(1024).slice(0, before - 1)} ${text} ${'y '.repeat(1024)}`);
        const left = pieces.filter((piece) => shown.includes(piece));
        assert.deepEqual(left.length, 0, `cut ${2048 - before} characters into it`);
      }
    });
  }

  it('shows that the text continues', () => {
    assert.match(redactStart('word '.repeat(10_000)), /^(?:word ){400,410}\.\.\.$/);
    assert.equal(redactStart('w'.repeat(10_000)), '...');
    assert.equal(redactStart('word'), 'word');
  });
});

describe('a failure in a log', () => {
  const failure = (message: string, name = 'Failure') => Object.assign(new Error(message), { name });

  it('is one line without control characters', () => {
    const text = 'first\nsecond\r\u001b[31mred\u0000\u2028third\u0085';
    assert.doesNotMatch(logDetail(failure(text)), /[\p{Cc}\p{Zl}\p{Zp}]/u);
    assert.match(logDetail(failure(text)), /^Failure first\\u\{a\}second/);
  });

  it('is short, whatever the server writes', () => {
    const long = 'word '.repeat(20_000);
    const error = Object.assign(failure(long, long), {
      $metadata: { httpStatusCode: 400, requestId: long },
    });
    assert.ok(logDetail(error).length < 600, `${logDetail(error).length} characters`);
  });

  it('names the code, the status and the request', () => {
    const error = Object.assign(failure('Try later.', 'SlowDown'), {
      $metadata: { httpStatusCode: 503, requestId: 'tx0001-64' },
    });
    assert.equal(logDetail(error), 'SlowDown 503 tx0001-64 Try later.');
  });

  it('omits the command line of a credential_process', () => {
    assert.equal(
      logDetail(failure('program --password x', 'CredentialsProviderError')),
      'CredentialsProviderError',
    );
  });

  it('has a first line of at most 160 characters in a message', () => {
    assert.equal(displayDetail('a\nb'), 'a');
    assert.equal(displayDetail('word '.repeat(1000)).length, 160);
  });
});

/** The parts of a request that a server can echo. */
const echoes: Readonly<Record<string, (headers: IncomingHttpHeaders) => string>> = {
  'the Authorization header': ({ authorization = '' }) => authorization,
  'the session token': (headers) => String(headers['x-amz-security-token']),
  'the access key': ({ authorization = '' }) => /Credential=([^/]*)/.exec(authorization)?.[1] ?? '',
  'the signature': ({ authorization = '' }) => /Signature=(.*)/.exec(authorization)?.[1] ?? '',
};

function errorXml(text: Readonly<Record<string, string>>): string {
  return `<Error>${Object.entries(text)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('')}</Error>`;
}

async function failAt(use: ServerUse, endpoint: string): Promise<Error> {
  use.aws.write({ credentials: profileText('echo', { ...keySettings(temporary), endpoint_url: endpoint }) });
  return rejection(listBuckets(await use.connect('echo')));
}

function everythingShown(error: Error): string {
  return `${formatMessage(explain(error).message)}\n${logDetail(error)}`;
}

describe('what a server echoes in its refusal is neither shown nor logged', () => {
  const use = useServer();
  const listen = useListener();

  for (const [what, echo] of Object.entries(echoes)) {
    it(what, async () => {
      let echoed = '';
      const answer: RequestListener = ({ headers }, response) => {
        echoed = echo(headers);
        const [Code, Message, RequestId] = [echoed, `Refused: ${echoed}`, echoed];
        response.statusMessage = echoed;
        response.writeHead(400, { 'x-amz-request-id': echoed, 'x-amz-id-2': echoed });
        response.end(errorXml({ Code, Message, RequestId }));
      };
      const error = await failAt(use, await listen(answer));
      assert.ok(echoed.length > 10, 'nothing was echoed');
      const shown = everythingShown(error);
      assert.ok(!shown.includes(echoed.slice(0, 14)), 'it is shown');
      assert.doesNotMatch(shown, /Credential=|[0-9a-f]{16}|ASIATEMP|IQoJb3J/);
      assert.match(shown, /^Something went wrong \(unknown error: .*\nunknown error 400\b/);
    });
  }

  it('what a server writes in its refusal is shortened', async () => {
    const long = 'word '.repeat(40_000);
    const error = await failAt(
      use,
      await listen((_, response) => {
        response.writeHead(400).end(errorXml({ Code: long, Message: long, RequestId: long }));
      }),
    );
    assert.ok(everythingShown(error).length < 1000);
  });
});

/** The processor time, in milliseconds, until a failure has arrived and is shown. */
function shownMs(use: ServerUse, endpoint: string): Promise<number> {
  return processorMsUntil(async () => {
    everythingShown(await failAt(use, endpoint));
  });
}

describe('a long text in a refusal', () => {
  const use = useServer();
  const listen = useListener();

  for (const pump of ['http://', '&lt;Token&gt;']) {
    it(`takes hardly longer to show if it is hostile: ${pump}`, async () => {
      const answer = (text: string) =>
        listen((_, response) => {
          response
            .writeHead(400)
            .end(errorXml({ Code: 'Refused', Message: text.repeat(131_072 / text.length) }));
        });
      // The very first failure also loads and compiles code.
      await shownMs(use, await answer('word '));
      const harmlessMs = await shownMs(use, await answer('word '));
      const hostileMs = await shownMs(use, await answer(pump));
      assert.ok(hostileMs < 4 * harmlessMs + 500, `${hostileMs} ms after ${harmlessMs} ms`);
    });
  }
});
