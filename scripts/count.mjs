// Prints "passed failed skipped" from the report of a test runner: node count.mjs KIND FILE.
import { readFileSync } from 'node:fs';

const readers = {
  trx(text) {
    const counters = /<Counters ([^>]*)>/.exec(text)[1];
    const number = (name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(counters)[1]);
    const failed = number('failed') + number('error') + number('timeout') + number('aborted');
    return [number('passed'), failed, number('total') - number('executed')];
  },
  vitest(text) {
    const run = JSON.parse(text);
    return [run.numPassedTests, run.numFailedTests, run.numPendingTests + run.numTodoTests];
  },
  tap(text) {
    const number = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(text)[1]);
    return [number('pass'), number('fail') + number('cancelled'), number('skipped') + number('todo')];
  },
  playwright(text) {
    // A test that passes at its second try has failed once: it counts as failed.
    const { expected, unexpected, flaky, skipped } = JSON.parse(text).stats;
    return [expected, unexpected + flaky, skipped];
  },
};

const [kind, file] = process.argv.slice(2);
console.log(readers[kind](readFileSync(file, 'utf8')).join(' '));
