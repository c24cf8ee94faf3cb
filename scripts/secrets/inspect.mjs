import { extname } from 'node:path';
import { lintSource } from '@secretlint/core';
import { secretLintProfiler } from '@secretlint/profiler';
import { config } from './rules.mjs';

// Its profiler compares every mark with all before it: thousands of texts would take minutes instead of seconds.
secretLintProfiler.mark = () => {};

/** The findings in one text, without those that are accepted. */
export async function inspect({ where, path, text }, accepted = []) {
  const { messages } = await lintSource({
    source: { filePath: path, content: text, contentType: 'text', ext: extname(path) },
    options: { config, noPhysicFilePath: true },
  });
  return messages
    .map((message) => ({ message, found: text.slice(...message.range) }))
    .filter(({ found }) => !accepted.some((entry) => path === entry.path && found.includes(entry.found)))
    .map(({ message, found }) => ({
      where,
      line: message.loc.start.line,
      rule: `${message.ruleId.split('secretlint-rule-').pop()}: ${message.messageId}`,
      // Enough to find it again; the log of a check must not become a place to find secrets.
      hint: `${found.length} characters, "${found.slice(0, 4)}..."`,
    }));
}
