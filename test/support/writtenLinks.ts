/** Presigned URLs and forms as other tools write them; the signatures are invented. */

export const fakeSignature = 'ab12'.repeat(16);

interface V4Parts {
  /** Up to the query. */
  readonly address: string;
  readonly credential?: string;
  readonly stamp?: string;
  readonly expires?: string;
  readonly signedHeaders?: string;
  readonly token?: string;
  /** Further parameters, encoded as in the URL. */
  readonly more?: readonly string[];
}

/** A URL of signature version 4. */
export function writtenV4({
  address,
  credential = 'AKIAEXAMPLE000001234/20260301/eu-west-1/s3/aws4_request',
  stamp = '20260301T100000Z',
  expires = '3600',
  signedHeaders = 'host',
  token,
  more = [],
}: V4Parts): string {
  const query = [
    'X-Amz-Algorithm=AWS4-HMAC-SHA256',
    `X-Amz-Credential=${encodeURIComponent(credential)}`,
    `X-Amz-Date=${stamp}`,
    `X-Amz-Expires=${expires}`,
    `X-Amz-SignedHeaders=${encodeURIComponent(signedHeaders)}`,
    ...(token === undefined ? [] : [`X-Amz-Security-Token=${encodeURIComponent(token)}`]),
    ...more,
    `X-Amz-Signature=${fakeSignature}`,
  ];
  return `${address}?${query.join('&')}`;
}

/** A URL of signature version 2, as botocore still makes them in older regions. */
export function writtenV2(address: string, expires = '1772362800'): string {
  return `${address}?AWSAccessKeyId=AKIAEXAMPLE000001234&Signature=vjbyPxybdZaNmGa%2ByT272YEAiv4%3D&Expires=${expires}`;
}

/** What boto3's generate_presigned_post returns. */
export function writtenForm(conditions: readonly unknown[], fields: Readonly<Record<string, string>> = {}) {
  const policy = Buffer.from(JSON.stringify({ expiration: '2026-03-01T11:00:00Z', conditions })).toString(
    'base64',
  );
  return {
    url: 'https://docs.s3.amazonaws.com/',
    fields: {
      key: 'in/a.txt',
      ...fields,
      'x-amz-algorithm': 'AWS4-HMAC-SHA256',
      'x-amz-credential': 'ASIAEXAMPLE000005678/20260301/eu-west-1/s3/aws4_request',
      'x-amz-date': '20260301T100000Z',
      'x-amz-security-token': 'FORMTOKEN',
      policy,
      'x-amz-signature': fakeSignature,
    },
  };
}
