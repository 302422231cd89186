import { exportService } from '../service.ts';
import { fleetNeeds } from '../../repair/model/needs.ts';
import { inputFault, noticeFindings } from '../../shared/verb/findings.ts';
import { readFleet, selectFleet } from '../../expiry/cli/fleet.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { EXIT, type ExitCode } from '../../shared/verb/usage.ts';
import { requireOption } from '../../shared/verb/values.ts';

export async function expiryReport(invocation: Invocation): Promise<ExitCode> {
  const { line, ports, translate, translateFile, world } = invocation;
  const out = requireOption(invocation, 'out');
  const { fleet, findings } = await readFleet(invocation);
  // The plan of a cluster needs its hosts, even if they are not in the report.
  const reported = { ...selectFleet(invocation, fleet), needs: fleetNeeds(fleet) };
  const path = world.absolute(out);
  const service = exportService({ ports, fleet: () => reported, translate: () => translateFile });
  const { bytes, sha256 } = await service.report({ target: ports.tickets.issue(path, 'write:html') });
  if (line.json) world.json({ generatedAt: ports.clock.now(), file: { path, bytes, sha256 }, findings });
  else {
    world.notice(translate('management.written', { path }));
    noticeFindings(invocation, findings);
  }
  return inputFault(findings) ? EXIT.usage : EXIT.fine;
}
