import type { Message } from '../../failures/message.js';
import { quotePython } from '../../text/quote.js';
import { linkKind } from '../kinds.js';
import { policyTerms } from '../postPolicy.js';
import {
  headerComments,
  isForm,
  operationInput,
  operationOf,
  type CodeInput,
  type OperationInput,
} from './codeInput.js';

/**
 * Source: AWS SDK for Go v2 Developer Guide, "Presigned URLs", and the documentation of `s3.PresignClient`
 * and `s3.PresignPostOptions`. Strings are escaped as in Python.
 */
export function goSdk(input: CodeInput): string {
  const usesTypes = operationInput(input).some(([name]) => isEnumeration(name));
  const type = signedType(input);
  return [
    'package main',
    '',
    'import (',
    '\t"context"',
    ...(isForm(input) ? ['\t"encoding/json"'] : []),
    '\t"fmt"',
    '\t"time"',
    '',
    '\t"github.com/aws/aws-sdk-go-v2/aws"',
    '\t"github.com/aws/aws-sdk-go-v2/config"',
    '\t"github.com/aws/aws-sdk-go-v2/service/s3"',
    ...(usesTypes ? ['\t"github.com/aws/aws-sdk-go-v2/service/s3/types"'] : []),
    ...(type === undefined ? [] : ['\tsmithyhttp "github.com/aws/smithy-go/transport/http"']),
    ')',
    '',
    'func main() {',
    ...client(input, type).map((line) => `\t${line}`),
    ...(isForm(input) ? post(input) : url(input)).map((line) => `\t${line}`),
    '}',
    '',
  ].join('\n');
}

/**
 * The SDK signs some `x-amz-` headers and moves others. Source: aws/aws-sdk-go-v2,
 * `aws/signer/internal/v4/headers.go`.
 */
export function signsAllHeaders({ request }: CodeInput): Message | undefined {
  return 'x-amz-checksum-sha256' in linkKind(request.kind).headers(request)
    ? {
        text: 'The AWS SDK for Go moves the checksum of the file into the URL, where servers may ignore it. Choose another language.',
      }
    : undefined;
}

function signedType({ request }: CodeInput): string | undefined {
  return linkKind(request.kind).headers(request)['content-type'];
}

function client({ place }: CodeInput, type: string | undefined): readonly string[] {
  return [
    'ctx := context.Background()',
    'cfg, err := config.LoadDefaultConfig(ctx,',
    ...(place.profile === undefined
      ? []
      : [`\tconfig.WithSharedConfigProfile(${quotePython(place.profile)}),`]),
    `\tconfig.WithRegion(${quotePython(place.region)}))`,
    ...onError,
    'client := s3.NewFromConfig(cfg, func(o *s3.Options) {',
    ...(place.endpoint === undefined
      ? []
      : [`\to.BaseEndpoint = aws.String(${quotePython(place.endpoint)})`]),
    `\to.UsePathStyle = ${place.forcePathStyle}`,
    '\to.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired',
    ...(type === undefined
      ? []
      : [
          '\t// Without a body the SDK omits the type, and the link would accept any type.',
          `\to.APIOptions = append(o.APIOptions, smithyhttp.SetHeaderValue("Content-Type", ${quotePython(type)}))`,
        ]),
    '})',
    'presigner := s3.NewPresignClient(client)',
  ];
}

const onError = ['if err != nil {', '\tpanic(err)', '}'];

function url(input: CodeInput): readonly string[] {
  const operation = operationOf(input);
  return [
    `request, err := presigner.Presign${operation}(ctx, &s3.${operation}Input{`,
    ...fieldLines(operationInput(input)),
    `}, s3.WithPresignExpires(${input.request.expiresInSeconds}*time.Second))`,
    ...onError,
    ...headerComments(input, '//'),
    'fmt.Println(request.URL)',
  ];
}

function post(input: CodeInput): readonly string[] {
  const { request } = input;
  const { key, fields, limits } = policyTerms(request);
  // The SDK's own condition would require the variable in the key, which S3 has already replaced.
  const beginning = request.form?.keyIsPrefix === true ? [['starts-with', '$key', request.key]] : [];
  return [
    'post, err := presigner.PresignPostObject(ctx, &s3.PutObjectInput{',
    `\tBucket: aws.String(${quotePython(request.bucket)}),`,
    `\tKey:    aws.String(${quotePython(key)}),`,
    '}, func(o *s3.PresignPostOptions) {',
    `\to.Expires = ${request.expiresInSeconds} * time.Second`,
    '\to.Conditions = []interface{}{',
    ...Object.entries(fields).map(([name, value]) => `\t\t${mapLiteral({ [name]: value })},`),
    ...[...beginning, ...limits].map((limit) => `\t\t[]interface{}{${limit.map(itemLiteral).join(', ')}},`),
    '\t}',
    '})',
    ...onError,
    ...Object.entries(fields).map(
      ([name, value]) => `post.Values[${quotePython(name)}] = ${quotePython(value)}`,
    ),
    'text, err := json.Marshal(map[string]interface{}{"url": post.URL, "fields": post.Values})',
    ...onError,
    'fmt.Println(string(text))',
  ];
}

function itemLiteral(item: string | number): string {
  return typeof item === 'number' ? String(item) : quotePython(item);
}

function fieldLines(input: OperationInput): readonly string[] {
  return input.map(([name, value]) => `\t${name}: ${valueLiteral(name, value)},`);
}

function valueLiteral(name: string, value: OperationInput[number][1]): string {
  if (typeof value === 'number') return `aws.Int64(${value})`;
  if (typeof value === 'object') return mapLiteral(value);
  return `${isEnumeration(name) ? `types.${name}` : 'aws.String'}(${quotePython(value)})`;
}

function isEnumeration(name: string): boolean {
  return name === 'StorageClass' || name === 'ServerSideEncryption';
}

function mapLiteral(map: Readonly<Record<string, string>>): string {
  const entries = Object.entries(map).map(([name, value]) => `${quotePython(name)}: ${quotePython(value)}`);
  return `map[string]string{${entries.join(', ')}}`;
}
