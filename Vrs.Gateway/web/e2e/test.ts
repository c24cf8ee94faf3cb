import { writeFileSync } from 'node:fs';
import { expect, test as base } from '@playwright/test';
import { Caller, Interpreter, Operator, type Person } from './people';
import { Server } from './server';

export { expect } from '@playwright/test';

interface Fixtures {
  /** Settings that a test wants for its server. */
  settings: Record<string, string>;
  server: Server;
  people: {
    caller: (user: string) => Promise<Caller>;
    interpreter: (user: string) => Promise<Interpreter>;
    operator: (user: string) => Promise<Operator>;
  };
}

/** Each test has a server of its own, so nobody is on a call from before. With VRS_URL, the one that runs there. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  server: async ({ settings }, use, info) => {
    const running = process.env.VRS_URL;
    const server = running === undefined ? await Server.start(settings) : Server.at(running);
    await use(server);
    if (server.isOurs && info.status !== info.expectedStatus) {
      // Reporters show the beginning of an attachment at most.
      process.stdout.write(`The server of "${info.title}" complained:\n${server.complaints || 'of nothing'}\n`);
      await info.attach('server.log', { body: server.log, contentType: 'text/plain' });
      writeFileSync(info.outputPath('server.log'), server.log);
    }
    await server.dispose();
  },
  people: async ({ browser, server: { url } }, use) => {
    const everybody: Person[] = [];
    const keep = <T extends Person>(person: T): T => {
      everybody.push(person);
      return person;
    };
    await use({
      caller: async user => keep(await Caller.signIn(browser, url, user)),
      interpreter: async user => keep(await Interpreter.signIn(browser, url, user)),
      operator: async user => keep(await Operator.signIn(browser, url, user)),
    });
    const faults = everybody.flatMap(person => person.faults);
    await Promise.all(everybody.map(person => person.close()));
    expect(faults, 'errors in the pages').toEqual([]);
  },
});
