import assert from 'node:assert/strict';
import { writeLinkCode } from '../../../../src/core/links/code/codes.js';
import type { LinkRequest } from '../../../../src/core/links/sign.js';
import { fewHostileNames, hostileNames } from '../../support/hostileNames.js';
import { useServer } from '../../../support/server.js';
import { must, rejection } from '../../../support/values.js';

// Compares the code with the AWS documentation word by word, and its strings with the rules of the languages:
// Debian has no packages of the SDKs for Go and Java. See run.test.ts for Python, JavaScript, Ruby and the
// CLI.

const languages = {
  go: {
    key: /\bKey: +aws\.String\("((?:[^"\\\n\r]|\\.)*)"\),/,
    get: [
      /presigner\.PresignGetObject\(ctx, &s3\.GetObjectInput\{/,
      /s3\.WithPresignExpires\(1234\*time\.Second\)/,
    ],
    put: [
      /presigner\.PresignPutObject\(/,
      /ContentType: aws\.String\("text\/plain"\)/,
      /types\.StorageClass\("GLACIER"\)/,
    ],
    post: [
      /presigner\.PresignPostObject\(/,
      /"content-length-range", 1, 9/,
      /"starts-with", "\$Content-Type", "image\/"/,
    ],
    place: [
      /config\.WithSharedConfigProfile\("alice"\)/,
      /config\.WithRegion\("eu-central-1"\)/,
      /UsePathStyle = true/,
    ],
  },
  java: {
    key: /\.key\("((?:[^"\\\n\r]|\\.)*)"\)/,
    get: [
      /presigner\.presignGetObject\(/,
      /signatureDuration\(Duration\.ofSeconds\(1234\)\)/,
      /\.getObjectRequest\(/,
    ],
    put: [/presigner\.presignPutObject\(/, /\.contentType\("text\/plain"\)/, /\.storageClass\("GLACIER"\)/],
    post: undefined,
    place: [
      /ProfileCredentialsProvider\.create\("alice"\)/,
      /Region\.of\("eu-central-1"\)/,
      /pathStyleAccessEnabled\(true\)/,
    ],
  },
  ruby: {
    key: /^ {2}key: "((?:[^"\\#\n\r]|\\[^])*)",/m,
    get: [/presigner\.presigned_request\(/, /:get_object,/, /expires_in: 1234\b/],
    put: [/:put_object,/, /content_type: "text\/plain",/, /storage_class: "GLACIER",/],
    post: [
      /\.presigned_post\(/,
      /content_length_range: 1\.\.9,/,
      /content_type_starts_with: "image\/",/,
      /Time\.now \+ 1234/,
    ],
    place: [/profile: "alice"/, /region: "eu-central-1"/, /force_path_style: true/],
  },
} as const;

/** Resolves the escapes of all three: code points in hexadecimal or octal, and literal characters. */
function unescape(literal: string): string {
  return literal.replace(
    /\\(?:u\{([\da-f]+)\}|u([\da-f]{4})|U([\da-f]{8})|([0-7]{3})|([^]))/g,
    (_, braced?: string, four?: string, eight?: string, octal?: string, itself?: string) =>
      itself ??
      String.fromCodePoint(
        octal === undefined ? parseInt(braced ?? four ?? eight ?? '', 16) : parseInt(octal, 8),
      ),
  );
}

for (const id of ['go', 'java', 'ruby'] as const) {
  describe(`${id}: the code of a link, as written`, () => {
    const use = useServer();
    const { key: keyPattern, get, put, post, place } = languages[id];
    const base = { bucket: 'eu-docs', key: 'a', expiresInSeconds: 1234 };
    const write = async (request: LinkRequest) => writeLinkCode(id, await use.connect(), request);

    for (const key of [...hostileNames, ...fewHostileNames]) {
      it(`contains the key ${JSON.stringify(key)}`, async () => {
        const code = await write({ ...base, kind: 'get', key });
        assert.equal(unescape(must(keyPattern.exec(code)?.[1])), key);
      });
    }

    it('names profile, region, endpoint and addressing', async () => {
      const code = await write({ ...base, kind: 'get' });
      for (const words of [...get, ...place]) assert.match(code, words);
      assert.ok(code.includes(`"${use.server.endpoint}"`));
      assert.equal(/AKIA|secret/.test(code), false);
    });

    it('names the restrictions of an upload', async () => {
      const code = await write({ ...base, kind: 'put', contentType: 'text/plain', storageClass: 'GLACIER' });
      for (const words of put) assert.match(code, words);
      assert.match(code, /(?:#|\/\/) {3}content-type: "?text\/plain\b/);
    });

    if (post !== undefined)
      it('names the restrictions of a form upload', async () => {
        const form = { keyIsPrefix: true, minBytes: 1, maxBytes: 9, typeIsPrefix: true };
        const code = await write({ ...base, kind: 'post', contentType: 'image/', form });
        for (const words of post) assert.match(code, words);
        assert.equal(unescape(must(keyPattern.exec(code)?.[1])), 'a${filename}');
      });
  });
}

describe('what some SDKs leave unsigned by default', () => {
  const use = useServer();
  const base = { bucket: 'eu-docs', key: 'in/', expiresInSeconds: 1234 };

  it('is the type of an upload in Go, which omits it without a body', async () => {
    const request = { ...base, kind: 'put', contentType: 'text/x; a="b"' } as const;
    const code = await writeLinkCode('go', await use.connect(), request);
    assert.ok(code.includes('smithyhttp.SetHeaderValue("Content-Type", "text/x; a=\\"b\\"")'));
    assert.ok(code.includes('\tsmithyhttp "github.com/aws/smithy-go/transport/http"\n'));
    const plain = await writeLinkCode('go', await use.connect(), { ...base, kind: 'put' });
    assert.equal(plain.includes('smithyhttp'), false);
  });

  it('is the key prefix of a form in Go, which would match the variable literally', async () => {
    const request = { ...base, kind: 'post', form: { keyIsPrefix: true } } as const;
    const code = await writeLinkCode('go', await use.connect(), request);
    assert.ok(code.includes('[]interface{}{"starts-with", "$key", "in/"},'));
    const exact = await writeLinkCode('go', await use.connect(), { ...base, kind: 'post' });
    assert.equal(exact.includes('starts-with'), false);
  });

  it('is the checksum of a file in Go, so that this link is refused', async () => {
    const file = {
      name: 'a',
      sizeBytes: 5,
      md5Base64: 'XUFAKrxLKna5cZ2REBfFkg==',
      sha256Base64: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=',
    };
    const writing = writeLinkCode('go', await use.connect(), { ...base, kind: 'putExact', file });
    assert.match((await rejection(writing)).message, /moves the checksum/);
  });

  it('are a condition and the cache control in Ruby', async () => {
    const options = { contentType: 'text/plain', cacheControl: 'no-cache', storageClass: 'GLACIER' };
    const code = await writeLinkCode('ruby', await use.connect(), {
      ...base,
      kind: 'putCreateOnly',
      ...options,
    });
    assert.ok(code.includes('  whitelist_headers: ["cache-control", "if-none-match"],\n'));
    const plain = await writeLinkCode('ruby', await use.connect(), {
      ...base,
      kind: 'put',
      contentType: 'text/plain',
    });
    assert.equal(plain.includes('whitelist_headers'), false);
  });
});

describe('go: the imports of a program', () => {
  const use = useServer();
  const base = { bucket: 'eu-docs', key: 'in/', expiresInSeconds: 1234 };

  it('include the types if they are used, not if only the key contains the word', async () => {
    const types = '"github.com/aws/aws-sdk-go-v2/service/s3/types"';
    const write = async (options: Partial<LinkRequest>) =>
      writeLinkCode('go', await use.connect(), { ...base, kind: 'put', ...options });
    assert.equal((await write({ key: 'types.ts' })).includes(types), false);
    assert.equal((await write({ kind: 'post', key: 'types.ts' })).includes(types), false);
    assert.equal((await write({ encryption: { kind: 's3' } })).includes(types), true);
  });
});

describe('java: the restrictions of an upload, in a comment', () => {
  const use = useServer();

  it('contain nothing that the compiler reads as code', async () => {
    const metadata = { path: 'C:\\users', code: '\\u000aSystem.exit(1); //' };
    const request = {
      kind: 'put',
      bucket: 'eu-docs',
      key: 'a',
      expiresInSeconds: 1234,
      metadata,
    } as const;
    const code = await writeLinkCode('java', await use.connect(), request);
    const comments = code.split('\n').filter((line) => line.includes('//   '));
    assert.equal(comments.length, 2);
    // A backslash after an even number of others and before a "u" starts a Unicode escape, even in comments.
    for (const comment of comments) assert.equal(/(?<!\\)(?:\\\\)*\\u/.test(comment), false, comment);
    assert.match(comments.join('\n'), /x-amz-meta-path: "C:\\\\users"/);
  });
});
