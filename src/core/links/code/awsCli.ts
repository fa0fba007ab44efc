import type { Message } from '../../failures/message.js';
import { isInert, quotePosix } from '../../text/quote.js';
import { controlsRefused } from '../formats/refusals.js';
import { linkKind } from '../kinds.js';
import { operationInput, type CodeInput } from './codeInput.js';

/** A command for any POSIX shell. Source: AWS CLI v2 Command Reference, `s3 presign`. */
export function awsCli(input: CodeInput): string {
  return `${command(input)}\n`;
}

/** With an endpoint, the CLI has no option for the addressing style: it puts the bucket into the path. */
export function presignsPlainGet(input: CodeInput): Message | undefined {
  const { signs } = linkKind(input.request.kind);
  if (signs === 'form' || signs.name !== 'GetObject' || operationInput(input).length > 2)
    return { text: 'The AWS CLI supports only download links without options. Choose another language.' };
  if (!input.place.isAws && !input.place.forcePathStyle)
    return {
      text: 'The AWS CLI puts the bucket name in the path at this endpoint, but this link needs it in the host name. Choose another language.',
    };
  return isInert(command(input), '') ? undefined : controlsRefused('AWS CLI');
}

function command({ request, place }: CodeInput): string {
  const { bucket, key, expiresInSeconds } = request;
  const words = [
    'aws s3 presign',
    quotePosix(`s3://${bucket}/${key}`),
    `--expires-in ${expiresInSeconds}`,
    `--region ${quotePosix(place.region)}`,
    ...(place.isAws || place.endpoint === undefined ? [] : [`--endpoint-url ${quotePosix(place.endpoint)}`]),
    ...(place.profile === undefined ? [] : [`--profile ${quotePosix(place.profile)}`]),
  ];
  return words.join(' ');
}
