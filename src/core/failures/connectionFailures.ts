import type { Explanation } from './explain.js';
import { selfSigned } from './network.js';

/** What is said of a profile, and what is said in its place of a connection that was added in the editor. */
const sentences: ReadonlyMap<string, string> = new Map([
  [
    'S3 does not know the access key of this profile. Select another profile or correct its keys.',
    'S3 does not know the access key of this connection. Correct its keys.',
  ],
  [
    'S3 refused the signature: the secret key of this profile is probably wrong. Correct it or select another profile.',
    'S3 refused the signature: the secret key of this connection is probably wrong. Correct it.',
  ],
  [
    'The temporary credentials of this profile have ended or are not valid. Renew them or select another profile.',
    'The temporary keys of this connection have ended or are not valid. Enter fresh ones.',
  ],
  [
    'S3 denied access: this profile lacks the permission. Ask for it or select another profile.',
    'S3 denied access: the keys of this connection lack the permission. Ask for it, or enter other keys.',
  ],
  [
    'The bucket is reached at another endpoint than the one of this profile. Correct the region or endpoint.',
    'The bucket is reached at another endpoint than the one of this connection. Correct the region or endpoint.',
  ],
  [
    'What answers at the endpoint is not an S3 server. Check the endpoint of this profile.',
    'What answers at the endpoint is not an S3 server. Check the endpoint of this connection.',
  ],
  [
    selfSigned,
    "The server's certificate is signed by the server itself, so nobody vouches for it. Name its file in the environment variable AWS_CA_BUNDLE, or install it on this machine, then try again.",
  ],
]);

/** Certificates that are trusted besides are named in the environment, which editing a connection does not change. */
const bundle = /CA bundle|AWS_CA_BUNDLE/;

/** The explanation of a failure as it holds for a connection, which is put right by editing it and not in the AWS files. */
export function explainForConnection({ message, remedy }: Explanation): Explanation {
  const own = sentences.get(message.text);
  const text = own ?? message.text;
  if (bundle.test(text)) return { message: { ...message, text }, remedy: 'retry' };
  const isEdited = own !== undefined || remedy === 'openAwsConfig';
  return { message: { ...message, text }, remedy: isEdited ? 'editConnection' : remedy };
}
