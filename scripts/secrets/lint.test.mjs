// Planted secrets are caught in the tree, in the history and in messages; none of them is a secret of anything.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, test } from 'node:test';
import { inspect } from './inspect.mjs';

// Made here from pieces, so that this file itself holds nothing that looks like one.
const random = ['q7Vn2xT9bLw4', 'Zr8KcYd3Hf6M', 'pS1jGu5EoXa0'].join('');
const planted = {
  'signing key in an environment': `Gateway__SigningKey=${random}`,
  'signing key in settings': `{ "Gateway": { "SigningKey": "${random}=" } }`,
  'TURN secret of coturn': `static-auth-secret=${random}`,
  'TURN secret in an environment': `Gateway__Turn__Secret: "${random}"`,
  'TURN secret in settings': `{ "Turn": { "Secret": "${random}" } }`,
  'database password': `Host=db;Username=vrs;Password=${random}`,
  'password of a container': `POSTGRES_PASSWORD=${random}`,
  'access token': `Bearer ${['eyJhbGciOiJFUzI1NiJ9', 'eyJzdWIiOiJkYW5hIn0', random].join('.')}`,
  'password hash': `"PasswordHash": "${'AQAAAAIAA'}${random}${random}=="`,
  'private key': generateKeyPairSync('ec', { namedCurve: 'P-256' })
    .privateKey.export({ type: 'pkcs8', format: 'pem' }),
  'key of a cloud': `AWS_SECRET_ACCESS_KEY=${random}wQ2z`,
  'token of a forge': ['ghp_', random].join(''),
};

for (const [name, text] of Object.entries(planted)) {
  test(`caught: ${name}`, async () => {
    const findings = await inspect({ where: 'planted', path: 'planted.conf', text });
    assert.ok(findings.length > 0);
    assert.ok(!JSON.stringify(findings).includes(random), 'a finding must not show the secret');
  });
}

const harmless = {
  'a name that is filled in': 'static-auth-secret=@SECRET@',
  'a file that holds it': 'Gateway__SigningKey_FILE=/run/secrets/signing_key',
  'a connection without a password': 'Host=db;Username=vrs;SSL Mode=VerifyFull',
  'a password made by a program': '$"Host=db;Username=vrs;Password={password}"',
  'a switch in a comment does not count': '# secretlint-disable',
};

for (const [name, text] of Object.entries(harmless)) {
  test(`passed: ${name}`, async () => {
    assert.deepEqual(await inspect({ where: 'harmless', path: 'harmless.conf', text }), []);
  });
}

test('a comment cannot switch a rule off', async () => {
  const text = `# secretlint-disable\n${planted['key of a cloud']}\n`;
  assert.notDeepEqual(await inspect({ where: 'planted', path: 'a.conf', text }), []);
});

let folder;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vrs-secrets-'));
  git('init', '-q');
  commit('file', 'nothing here\n', 'first');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a clean repository passes', () => assert.equal(lint().status, 0));

test('a file that is not committed yet is looked at', () => {
  writeFileSync(join(folder, 'settings'), planted['database password']);
  assert.match(lint().stderr, /^settings:1: /m);
});

test('a secret that was removed again is still in the history', () => {
  commit('settings', planted['TURN secret of coturn'], 'a mistake');
  commit('settings', 'nothing here\n', 'it is gone');
  const { status, stderr } = lint();
  assert.equal(status, 1);
  assert.match(stderr, /^settings in [0-9a-f]+:1: /m);
  assert.doesNotMatch(stderr, new RegExp(random));
});

test('a secret in the message of a commit is found', () => {
  commit('file', 'more\n', `sign in with ${planted['token of a forge']}`);
  assert.match(lint().stderr, /^message of [0-9a-f]+:1: /m);
});

function lint() {
  const program = fileURLToPath(new URL('lint.mjs', import.meta.url));
  return spawnSync('node', [program, folder], { encoding: 'utf8' });
}

function commit(path, text, message) {
  writeFileSync(join(folder, path), text);
  git('add', '-A');
  git('-c', 'user.name=test', '-c', 'user.email=test@vrs.test', 'commit', '-qm', message);
}

function git(...args) {
  execFileSync('git', ['-C', folder, ...args]);
}
