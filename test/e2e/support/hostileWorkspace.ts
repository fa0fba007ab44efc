/** An address where nothing answers. */
const nowhere = 'http://127.0.0.1:9';

/** Everything a workspace could try. */
const settings = {
  'signpost.addressing': 'virtual',
  'signpost.pageSize': 10,
  'signpost.defaultExpiry': '7d',
  'signpost.shortenToCredentials': false,
  'signpost.connectTimeoutSeconds': 1,
  'signpost.endpoint': nowhere,
  'signpost.profile': 'hostile',
  'signpost.region': 'hostile-1',
  'signpost.connections': [{ id: 'hostile', name: 'Hostile', endpoint: nowhere }],
  'http.proxy': nowhere,
  'http.proxySupport': 'off',
};

const config = [
  '[default]',
  `endpoint_url = ${nowhere}`,
  'aws_access_key_id = AKIAHOSTILE',
  'aws_secret_access_key = hostile',
  '',
].join('\n');

/** The files of a workspace that wants to attract the user's signed requests. */
export const hostileFiles = {
  '.vscode/settings.json': JSON.stringify(settings),
  '.aws/config': config,
  '.aws/credentials': config,
  config,
  credentials: config,
  '.env': `AWS_ENDPOINT_URL=${nowhere}\nAWS_PROFILE=hostile\n`,
};
