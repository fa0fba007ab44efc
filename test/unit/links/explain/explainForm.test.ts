import assert from 'node:assert/strict';
import { explainLink } from '../../../../src/core/links/explain/explainLink.js';
import { formatMessage } from '../../../../src/core/failures/message.js';
import { parsedForm } from '../../support/parsedLinks.js';
import { writtenForm } from '../../../support/writtenLinks.js';

const options = { now: new Date('2026-03-01T10:20:00Z'), locale: 'en' } as const;

describe('explainLink: a form with values that its policy does not allow', () => {
  const warned = (more: readonly unknown[], fields: Readonly<Record<string, string>>) => {
    const form = parsedForm(JSON.stringify(writtenForm([{ bucket: 'docs' }, ...more], fields)));
    return explainLink(form, options).warnings.map(formatMessage).join('\n');
  };

  it('names their fields', () => {
    const said = warned([['starts-with', '$key', 'out/'], { acl: 'private' }], { ACL: 'public-read' });
    assert.match(said, /fields with values that its policy does not allow \(key, ACL\)/);
  });

  it('does not mention values that it allows', () => {
    const allowed = [
      ['starts-with', '$key', 'in/'],
      { acl: 'private' },
      ['starts-with', '$content-type', 'a/'],
    ];
    const fields = { acl: 'private', 'content-type': 'a/b,a/c', key: 'in/${filename}' };
    assert.doesNotMatch(warned(allowed, fields), /with values/);
  });
});

describe('explainLink: a form at a custom domain', () => {
  const explained = (bucket: string, url: string) =>
    explainLink(parsedForm(JSON.stringify({ ...writtenForm([{ bucket }]), url })), options);

  it('shows the domain, and the bucket as named by the policy', () => {
    const { facts } = explained('docs', 'https://upload.corp.example/');
    const told = facts.map(({ label, value }) => `${label}: ${formatMessage(value)}`);
    assert.deepEqual(told.slice(0, 5), [
      'Address: s3://docs/in/a.txt',
      'Bucket in the policy: docs',
      'Key: in/a.txt',
      'Host: upload.corp.example',
      'Addressing style: a custom domain, whose owner chooses the bucket',
    ]);
  });

  it('does not warn about dots in a host that is not the bucket', () => {
    for (const bucket of ['docs', 'docs.corp', 'upload.corp.example']) {
      const { warnings } = explained(bucket, 'https://upload.corp.example/');
      assert.doesNotMatch(warnings.map(formatMessage).join(), /dots/);
    }
  });
});
