import assert from 'node:assert/strict';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { signPolicy } from '../../../../src/core/links/postPolicy.js';
import { alice } from '../../../support/identities.js';
import { useServer } from '../../../support/server.js';
import { must } from '../../../support/values.js';
import { sentForm } from '../../../support/sentForm.js';

describe('form uploads compared with those of the AWS SDK', () => {
  const use = useServer();

  it('have the same signature and the same fields', async () => {
    const connection = await use.connect();
    const client = await connection.clientFor('docs');
    const theirs = await createPresignedPost(client, { Bucket: 'docs', Key: 'in/${filename}', Expires: 60 });
    const form = { keyIsPrefix: true };
    const ours = await use.sign({ kind: 'post', bucket: 'docs', key: 'in/', form, expiresInSeconds: 60 });
    const { Policy: policy = '', 'X-Amz-Signature': signature, 'X-Amz-Date': date = '' } = theirs.fields;
    const signedAt = new Date(
      date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
    );
    const signed = signPolicy(policy, { keys: alice, region: 'us-east-1', signedAt });
    assert.equal(signed === must(signature), true, 'another signature');
    const names = (fields: Readonly<Record<string, string>>) =>
      Object.keys(fields).map((name) => name.toLowerCase());
    // The bucket is already in the address; the SDK also sends it as a field.
    assert.deepEqual(
      names(theirs.fields)
        .filter((name) => name !== 'bucket')
        .toSorted(),
      names(sentForm(ours).fields).toSorted(),
    );
  });
});
