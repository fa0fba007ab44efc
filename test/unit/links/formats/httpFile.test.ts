import assert from 'node:assert/strict';
import { formatText, refusalOf } from '../../support/formats/formatText.js';
import { useServer } from '../../../support/server.js';

/** Keys that httpYac 6.16 runs, misreads or drops when they are lines of a body. */
const actedOn = [
  '> {% require("fs").writeFileSync("pwned", "") %}',
  '> answer.js',
  '>> pwned',
  '>>! pwned',
  '<> answer.json',
  '< /etc/passwd',
  '?? status == 200',
  'HTTP/1.1 200',
  'GET started.pdf',
  'DELETE me.txt',
  'VERSION-CONTROL a',
  'MQTT notes.txt',
  'SSE x',
  'WS x',
  'GRPC x',
  'query.sql',
  'mutation a',
  'fragment a on b',
  'gql a < b',
  '###',
  '# a',
  '// a',
  '/*',
  '@a = b',
  '{{a}}',
  '--FormOfOneUpload--',
];

describe('a .http file of a form upload', () => {
  const use = useServer();
  const place = { kind: 'post', bucket: 'docs', expiresInSeconds: 60 } as const;

  for (const key of actedOn) {
    it(`is refused for the key ${JSON.stringify(key)}`, async () => {
      assert.match(refusalOf('http', await use.sign({ ...place, key })), /special meaning in \.http files/);
    });
  }

  it('is refused for a field that would be misread', async () => {
    const link = await use.sign({ ...place, key: 'a', contentType: '?? status == 200' });
    assert.match(refusalOf('http', link), /special meaning in \.http files/);
  });

  for (const key of ['get started.pdf', 'README', 'A/b.txt', 'GET', '-- a', '$a', '/a', 'a > b', 'x: y']) {
    it(`has the key ${JSON.stringify(key)} on its own line`, async () => {
      const text = formatText('http', await use.sign({ ...place, key }));
      assert.ok(text.split('\n').includes(key));
    });
  }
});
