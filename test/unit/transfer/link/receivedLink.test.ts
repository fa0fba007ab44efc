import assert from 'node:assert/strict';
import { planDownload, UnusableLinkError } from '../../../../src/core/transfer/link/receivedLink.js';
import { readLink } from '../../support/parsedLinks.js';
import { planOf } from '../../support/receivedLinks.js';
import { writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

const address = 'https://docs.s3.eu-west-1.amazonaws.com/a/b.txt';
/** A time when the written links are valid. */
const then = new Date(Date.UTC(2026, 2, 1, 10, 30));

function refusalOf(plan: () => unknown): string {
  try {
    plan();
  } catch (error) {
    assert.ok(error instanceof UnusableLinkError);
    return error.message;
  }
  return assert.fail('the link was accepted');
}

describe('a link that accepts no upload', () => {
  const refused: readonly (readonly [what: string, written: string, reason: RegExp])[] = [
    ['for downloads', writtenV4({ address, more: ['x-id=GetObject'] }), /for GET, not for an upload/],
    ['with an override', writtenV4({ address, more: ['response-content-type=a'] }), /for GET, HEAD, not/],
    ['for deletion', writtenV4({ address, more: ['x-id=DeleteObject'] }), /for DELETE, not/],
    ['for a part', writtenV4({ address, more: ['partNumber=1', 'uploadId=x'] }), /not for uploading a whole/],
    ['for a copy', writtenV4({ address, more: ['x-id=CopyObject'] }), /not for uploading a whole/],
    ['for tags', writtenV4({ address, more: ['tagging='] }), /not for uploading a whole/],
    ['of a bucket', writtenV4({ address: 'https://docs.s3.amazonaws.com/' }), /not for uploading a whole/],
    [
      'with unknown headers',
      writtenV4({ address, more: ['x-id=PutObject'], signedHeaders: 'host;range;x-custom' }),
      /values are unknown \(range, x-custom\)/,
    ],
  ];
  for (const [what, written, reason] of refused) {
    it(`${what} is refused with the reason`, () => {
      assert.match(
        refusalOf(() => planOf(written, { now: then })),
        reason,
      );
    });
  }
});

describe('a link that cannot be used', () => {
  it('because it has expired is refused, with its expiry', () => {
    const late = new Date(Date.UTC(2026, 2, 1, 11, 0, 0));
    for (const written of [
      writtenV4({ address, more: ['x-id=PutObject'] }),
      JSON.stringify(writtenForm([])),
    ]) {
      assert.match(
        refusalOf(() => planOf(written, { now: late })),
        /^The link expired at/,
      );
      planOf(written, { now: new Date(late.getTime() - 1000) });
    }
  });

  it('because it accepts no download is refused for downloads', () => {
    const put = readLink(writtenV4({ address, more: ['x-id=PutObject'] }));
    assert.match(
      refusalOf(() => planDownload(put, then)),
      /for PUT, not for a download/,
    );
    const form = readLink(JSON.stringify(writtenForm([])));
    assert.match(
      refusalOf(() => planDownload(form, then)),
      /an upload form/,
    );
    const list = readLink(writtenV4({ address: 'https://docs.s3.amazonaws.com/', more: ['list-type=2'] }));
    assert.match(
      refusalOf(() => planDownload(list, then)),
      /does not return an object/,
    );
    const header = readLink(writtenV4({ address, more: ['x-id=GetObject'], signedHeaders: 'host;if-match' }));
    assert.match(
      refusalOf(() => planDownload(header, then)),
      /\(if-match\)/,
    );
    const ended = readLink(writtenV4({ address, more: ['x-id=GetObject'], expires: '60' }));
    assert.match(
      refusalOf(() => planDownload(ended, then)),
      /The link expired/,
    );
  });
});

describe('headers that came with a download link', () => {
  const planned = (headers: Readonly<Record<string, string>>, signedHeaders = 'host') => {
    const url = writtenV4({ address, more: ['x-id=GetObject'], signedHeaders });
    return planDownload(readLink(JSON.stringify({ method: 'GET', url, headers })), then).headers;
  };

  for (const name of [
    'Range',
    'If-Range',
    'If-Match',
    'If-None-Match',
    'If-Modified-Since',
    'If-Unmodified-Since',
    'Accept',
    'Accept-Encoding',
  ]) {
    it(`are sent only if signed when they affect the answer: ${name}`, () => {
      assert.deepEqual(planned({ [name]: 'x', referer: 'y' }), { referer: 'y' });
      const lower = name.toLowerCase();
      assert.deepEqual(planned({ [name]: 'x' }, `host;${lower}`), { [lower]: 'x' });
    });
  }
});
