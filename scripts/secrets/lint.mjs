// Looks for secrets in every file of the tree, in whatever was ever added to one, and in what commits say.
// Usage: node lint.mjs [FOLDER]; prints what it found, never the secret itself, and fails when there is anything.
import { argv, exit } from 'node:process';
import { accepted } from './accepted.mjs';
import { sources } from './sources.mjs';
import { inspect } from './inspect.mjs';

const folder = argv[2] ?? '.';
let looked = 0;
const findings = [];
for (const source of sources(folder)) {
  looked += 1;
  findings.push(...(await inspect(source, accepted)));
}

for (const { where, line, rule, hint } of findings) {
  console.error(`${where}:${line}: ${rule} (${hint})`);
}

console.log(`${looked} files, additions and messages of commits; ${findings.length} secrets.`);
if (looked === 0 || findings.length > 0) {
  exit(1);
}
