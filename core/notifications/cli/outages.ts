import { clusterNamed } from '../../inventory/cli/context.ts';
import { answer } from '../../shared/verb/answer.ts';
import type { Invocation } from '../../shared/verb/invocation.ts';
import { localTime } from '../../shared/verb/time.ts';
import type { ExitCode } from '../../shared/verb/usage.ts';
import { acknowledgementText } from '../text/acknowledgement-text.ts';
import { runWithNotifications } from './notifications.ts';

/** `arcwarden inventory acknowledge CLUSTER`, `hand-over` and `withdraw`. */
export function passOutage(
  done: 'acknowledged' | 'handed-over' | 'withdrawn',
): (invocation: Invocation) => Promise<ExitCode> {
  return async (invocation) => {
    const { words, translate, line } = invocation;
    const { note, by = '' } = line.values;
    return runWithNotifications(invocation, async ({ service, store, inventory }) => {
      const { id: clusterId, name } = clusterNamed(inventory, words[0] ?? '');
      const find = () => store.acknowledgements().find((each) => each.clusterId === clusterId);
      const from = done === 'acknowledged' ? undefined : (find()?.by ?? '');
      await service.passOutage({ clusterId, from, by: done === 'withdrawn' ? undefined : by, note }, invocation.note);
      const found = find();
      const wording = { translate, formatDate: (ms: number) => localTime(invocation, ms) };
      const text = found ? `${name}: ${acknowledgementText(found, wording)}` : translate('outage.nobody', { name });
      return answer(invocation, { clusterId, name, acknowledged: found ?? null }, text);
    });
  };
}
