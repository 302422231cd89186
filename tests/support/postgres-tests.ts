import { afterAll, beforeAll, test } from 'vitest';
import { findPostgres, NO_POSTGRES, PostgresServer } from './postgres.ts';

type Skip = (condition: boolean, note: string) => void;

interface PostgresTests {
  /** Runs while the tests of this file run. */
  readonly server: PostgresServer;
  /** Skips the running test, with the reason, if there is no server. */
  need(skip: Skip): PostgresServer;
  /** Declares a test that needs the server. */
  test: (title: string, work: () => unknown, timeoutMs?: number) => void;
  /** The address of the running test’s database, for an operator. */
  readonly address: string;
  /** The name of that database. */
  readonly database: string;
  /** Declares a test with a database of its own. */
  testOnDatabase: (title: string, work: () => unknown, timeoutMs?: number) => void;
}

/** Starts one real PostgreSQL for the tests of a file. */
export function usePostgres(): PostgresTests {
  const programs = findPostgres();
  let server: PostgresServer | undefined;
  let address = '';
  beforeAll(async () => {
    if (programs !== undefined) server = await PostgresServer.start(programs);
  }, 120_000);
  afterAll(() => server?.stop());
  const tests: PostgresTests = {
    get server() {
      if (server === undefined) throw new Error('no PostgreSQL server');
      return server;
    },
    get address() {
      return address;
    },
    get database() {
      return address.slice(address.lastIndexOf('/') + 1);
    },
    need(skip) {
      skip(server === undefined, NO_POSTGRES);
      return tests.server;
    },
    test: (title, work, timeoutMs) =>
      test(
        title,
        async ({ skip }) => {
          tests.need(skip);
          await work();
        },
        timeoutMs,
      ),
    testOnDatabase: (title, work, timeoutMs) =>
      tests.test(
        title,
        () => {
          address = tests.server.createDatabase();
          return work();
        },
        timeoutMs,
      ),
  };
  return tests;
}
