import { revocationBuild } from '../../revocation/cli/build.ts';
import { EXEMPT_STATEMENTS } from '../../revocation/model/exempt-statements.ts';
import { epochMs } from '../../shared/instant.ts';
import { statementText } from '../../shared/text/statement.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { listRevoked } from '../model/revoked.ts';
import { authorityRow } from '../operations/view.ts';
import { readAuthority } from './context.ts';

/** Builds a manifest from the revoked certificates of an authority, and says why it leaves one out. */
export async function revocationFromAuthority(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, world } = invocation;
  const revoked = await readAuthority(invocation, ({ authority: { name, entries } }) =>
    Promise.resolve(listRevoked({ name, rows: entries.map(authorityRow) }, epochMs(ports.clock.now()))),
  );
  const serial: string[] = [];
  for (const { exempt, serialHex, name, cluster } of revoked) {
    if (exempt === undefined) serial.push(`hex:${serialHex}`);
    else {
      const statement = { ...EXEMPT_STATEMENTS[exempt], params: { name, cluster } };
      world.notice(
        translate('cli.revocation.left-out', { serial: serialHex, why: statementText(statement, translate) }),
      );
    }
  }
  return revocationBuild({
    ...invocation,
    words: [],
    paths: [],
    line: { ...line, values: { ...line.values, serial } },
  });
}
