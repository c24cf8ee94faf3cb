import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const bytesMax = 1024 * 1024;

/** Everything there is to look at: files of the tree, what each commit added to any file, and what commits say. */
export function* sources(folder) {
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { encoding: 'utf8', maxBuffer: 1 << 30 });
  for (const path of list(git('ls-files', '-z', '--cached', '--others', '--exclude-standard'))) {
    const text = textOf(join(folder, path));
    if (text !== null) yield { where: path, path, text };
  }

  if (git('rev-parse', '--is-shallow-repository').trim() === 'true') {
    throw new Error('This clone is shallow: fetch its history first (git fetch --unshallow).');
  }

  for (const entry of list(git('log', '-z', '--format=%h%n%B'))) {
    const [commit, ...message] = entry.split('\n');
    yield { where: `message of ${commit}`, path: 'message', text: message.join('\n') };
  }

  yield* additions(git('log', '--patch', '--unified=0', '-m', '--no-renames', '--no-ext-diff', '--format=%x00%h'));
}

/** The lines that a commit added to a file, as one text: a secret of several lines stays in one piece. */
function* additions(log) {
  for (const commit of list(log)) {
    const [id] = commit.split('\n', 1);
    for (const file of commit.split(/^diff --git /m).slice(1)) {
      const path = /^\+\+\+ b\/(.*)$/m.exec(file)?.[1];
      const hunks = file.slice(file.search(/^@@ /m));
      const lines = hunks.split('\n').filter((line) => line.startsWith('+')).map((line) => line.slice(1));
      if (path && lines.length > 0) yield { where: `${path} in ${id}`, path, text: lines.join('\n') };
    }
  }
}

const list = (text) => text.split('\0').filter(Boolean);

/** The file's text; pictures and the like have none. */
function textOf(path) {
  try {
    const bytes = readFileSync(path);
    return bytes.length > bytesMax || bytes.subarray(0, 8000).includes(0) ? null : bytes.toString('utf8');
  } catch (fault) {
    // Deleted and not committed yet, or a link to a folder.
    if (fault.code === 'ENOENT' || fault.code === 'EISDIR') return null;
    throw fault;
  }
}
