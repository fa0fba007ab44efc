import { timingSafeEqual } from 'node:crypto';
import type { AuthenticationOptions, RequestSigner } from '../auth/authenticate.js';
import { checkRegion, parseAmzDate, parseCredential, queryComplaint } from '../auth/credential.js';
import { findCredential } from '../auth/verify.js';
import { sign } from '../canonical.js';
import { S3Error } from '../errors.js';
import type { Form } from './fields.js';
import { requiredField } from './fields.js';

const signing = ['policy', 'x-amz-algorithm', 'x-amz-credential', 'x-amz-date', 'x-amz-signature'];

/**
 * Checks that a known key signed the policy of a form, for this region.
 * Source: Amazon S3 API Reference, "Authenticating Requests: Browser-Based Uploads Using POST".
 * @throws S3Error
 */
export function authenticateForm(form: Form, options: Omit<AuthenticationOptions, 'now'>): RequestSigner {
  // Recorded: a form without any of these is an anonymous upload.
  if (!signing.some((name) => form.fields.has(name))) throw new S3Error('AccessDenied');
  const policy = requiredField(form, 'policy');
  const algorithm = requiredField(form, 'X-Amz-Algorithm');
  const scope = parseCredential(requiredField(form, 'X-Amz-Credential'), {
    service: options.service,
    complain: queryComplaint,
  });
  const amzDate = requiredField(form, 'X-Amz-Date');
  const signature = requiredField(form, 'X-Amz-Signature');
  if (algorithm !== 'AWS4-HMAC-SHA256')
    throw new S3Error('InvalidArgument', {
      message: 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256 and AWS4-ECDSA-P256-SHA256"',
    });
  if (parseAmzDate(amzDate) === undefined || !amzDate.startsWith(scope.date))
    throw queryComplaint(`Invalid credential date "${scope.date}".`);
  checkRegion(scope, options.region, queryComplaint);
  const sessionToken = form.fields.get(options.tokenHeader);
  const credential = findCredential(
    { scope, amzDate, signature, sessionToken, signedHeaders: [], payloadHash: '' },
    options.credentials,
  );
  const expected = Buffer.from(sign(policy, scope, credential.secretAccessKey));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) {
    throw new S3Error('SignatureDoesNotMatch', {
      details: {
        AWSAccessKeyId: scope.accessKeyId,
        StringToSign: policy,
        SignatureProvided: signature,
        StringToSignBytes: (Buffer.from(policy).toString('hex').match(/../g) ?? []).join(' '),
      },
    });
  }
  return { credential, region: scope.region, payloadHash: 'UNSIGNED-PAYLOAD' };
}
