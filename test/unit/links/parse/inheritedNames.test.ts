import assert from 'node:assert/strict';
import { explainLink } from '../../../../src/core/links/explain/explainLink.js';
import { parseLink } from '../../../../src/core/links/parse/parseLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { planDownload } from '../../../../src/core/transfer/link/receivedLink.js';
import { planUpload } from '../../../../src/core/transfer/link/receivedUpload.js';
import { compareWithCanonical } from '../../../../src/core/transfer/refusals/signatureDifference.js';
import { parsePresets } from '../../../../src/core/links/preset.js';
import { parsedForm, parsedUrl } from '../../support/parsedLinks.js';
import { writtenForm, writtenV4 } from '../../../support/writtenLinks.js';

const address = 'https://docs.s3.eu-west-1.amazonaws.com/in/a.txt';
const now = new Date(Date.UTC(2026, 2, 1, 10, 30));
const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];

/** Every message about a link. */
function explained(text: string): string {
  const link = parseLink(text);
  assert.ok(!('problem' in link));
  const { title, facts, conditions, warnings } = explainLink(link, { now, locale: 'en' });
  return [title, ...facts.map(({ value }) => value), ...conditions, ...warnings]
    .map(formatMessage)
    .join('\n');
}

function formWith(condition: readonly string[]): string {
  return JSON.stringify(writtenForm([{ bucket: 'docs' }, condition]));
}

describe('a name that every object inherits, in a link', () => {
  for (const name of inherited) {
    it(`${name} as an operation is ignored`, () => {
      const link = parsedUrl(writtenV4({ address, more: [`x-id=${name}`] }));
      assert.deepEqual([link.methods, link.operation], [['GET', 'PUT', 'HEAD', 'DELETE'], undefined]);
    });

    it(`${name} as a signed header is a required header`, () => {
      const text = writtenV4({ address, signedHeaders: `host;${name}` });
      assert.match(explained(text), /with exactly the signed value/);
      assert.throws(() => planDownload(parsedUrl(text), now), /requires headers/);
      assert.throws(() => planUpload(parsedUrl(text), { now, fileName: 'a' }), /values are unknown/);
    });

    it(`${name} as a header received by S3 is skipped`, () => {
      const sent = { method: 'GET', url: writtenV4({ address }), headers: {} };
      const canonical = `GET\n/in/a.txt\n\n${name.toLowerCase()}:x\nhost:other\n\n`;
      const headers = compareWithCanonical(canonical, sent).filter(({ part }) => part === 'header');
      assert.deepEqual(headers, [{ part: 'header', name: 'host' }]);
    });
  }
});

describe('a name that every object inherits, in a form', () => {
  for (const name of inherited) {
    it(`${name} as a field is a field`, () => {
      const conditions = [{ kind: 'equals', field: 'bucket', value: 'docs' }];
      const equal = formWith(['eq', `$${name}`, 'b']);
      assert.deepEqual(parsedForm(equal).conditions, [
        ...conditions,
        { kind: 'equals', field: name, value: 'b' },
      ]);
      assert.match(explained(equal), new RegExp(`The field ${name} must be b`));
      const sends = planUpload(parsedForm(equal), { now, fileName: 'a' }).sends;
      assert.equal(Object.entries(sends).find(([field]) => field === name)?.[1], 'b');
      const open = formWith(['starts-with', `$${name}`, 'b']);
      assert.match(explained(open), new RegExp(`The field ${name} must begin with b`));
      const { requiredValues } = planUpload(parsedForm(open), { now, fileName: 'a' });
      assert.deepEqual(requiredValues, [{ name, suggestion: 'b' }]);
    });

    it(`${name} as a character reference stays unchanged`, () => {
      const { fields, url } = writtenForm([{ bucket: 'docs' }], { key: `a&${name};b` });
      const inputs = Object.entries(fields).map(
        ([field, value]) => `<input name="${field}" value="${value}">`,
      );
      assert.equal(
        parsedForm(`<form method=post action="${url}">${inputs.join('')}</form>`).key,
        `a&${name};b`,
      );
    });
  }
});

describe('a name that every object inherits, in the settings', () => {
  for (const name of inherited) {
    it(`${name} is not part of a preset`, () => {
      const preset = `{"name":"a","kind":"put","encryption":{"kind":"s3","${name}":"x"}}`;
      const [read] = parsePresets([JSON.parse(preset)]);
      assert.ok(read !== undefined && 'problem' in read);
    });
  }
});

describe('a form that requires a field twice', () => {
  it('has it filled in once', () => {
    const open = writtenForm([
      { bucket: 'docs' },
      ['starts-with', '$tagging', ''],
      ['starts-with', '$Tagging', 'a'],
    ]);
    const { requiredValues } = planUpload(parsedForm(JSON.stringify(open)), { now, fileName: 'a' });
    assert.deepEqual(requiredValues, [{ name: 'tagging', suggestion: '' }]);
  });
});
