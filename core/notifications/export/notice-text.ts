import type { Citation, Statement } from '../../shared/citation.ts';
import { OBSTACLES } from '../../knowledge/model/obstacles.ts';
import { ROLES } from '../../knowledge/model/credentials/roles.ts';
import { remedyCommand, namesInCluster } from '../../plan/model/command-name.ts';
import { needSentences } from '../../repair/text/needs-text.ts';
import { instantFromMs, SECOND_MS, epochMs, type Instant } from '../../shared/instant.ts';
import { EXPIRY_STATES } from '../../knowledge/model/credentials/expiry-state.ts';
import {
  ALARM_STATES,
  type AlarmState,
  type Change,
  type FleetSummary,
  type NotificationMessage,
  type NoticeTexts,
  type ReportedCredential,
} from '../model/notice.ts';
import { isMessageKey, type Language, type MessageKey, type Translate } from '../../shared/text/text.ts';
import { formatInstant, formatSpan } from '../../shared/text/time.ts';

/** Further changes are only counted; the console shows them. */
const MOST_TOLD = 100;

export function noticeTexts(translate: Translate, language: Language): NoticeTexts {
  const text = (key: string) => (isMessageKey(key) ? translate(key) : key);
  const time = (moment: Instant) =>
    `${formatInstant(moment, language, 'local')} (${formatInstant(moment, language, 'utc')})`;

  function subject(notice: NotificationMessage): string {
    if (notice.purpose !== 'changes') return translate(`notice.subject.${notice.purpose}`);
    const [only, ...others] = notice.changes;
    if (only !== undefined && others.length === 0) return getHead(only);
    return getCounts(notice.changes);
  }

  /** Returns counts such as `2 expired, 1 renewed`, the worst first. */
  function getCounts(changes: readonly Change[]): string {
    const words = new Map<MessageKey, number>();
    const count = (key: MessageKey, of: (change: Change) => boolean) => {
      const found = changes.filter(of).length;
      if (found > 0) words.set(key, found);
    };
    for (const state of ALARM_STATES)
      count(`notice.count.${state}`, (each) => each.kind === 'entered' && each.to === state);
    for (const kind of OTHER_KINDS) count(`notice.count.${kind}`, (each) => each.kind === kind);
    return [...words].map(([key, found]) => translate(key, { count: found })).join(translate('list.and'));
  }

  function getHead(change: Change): string {
    switch (change.kind) {
      case 'entered':
        return translate(`notice.entered.${change.to}`, listNames(change.credential));
      case 'renewed':
      case 'recovered':
      case 'withdrawn':
        return translate(`notice.${change.kind}`, listNames(change.credential));
      case 'channel-failing':
      case 'channel-working':
        return translate(`notice.${change.kind}`, { channel: change.channel.name });
      case 'clock-back':
        return translate('notice.clock-back', { from: time(change.from), to: time(change.to) });
    }
  }

  function listNames({ name, cluster, role }: ReportedCredential): Record<string, string> {
    return { name, cluster, role: text(`role.${role}`) };
  }

  function short(notice: NotificationMessage): string {
    const [only, ...others] = notice.changes;
    if (only === undefined) return [...needLines(notice.summary), fleetLine(notice.summary)].join('\n');
    if (others.length === 0) return 'credential' in only ? endLine(only.credential, notice.at) : '';
    const names = notice.changes.slice(0, 3).map(getHead);
    const more = notice.changes.length - names.length;
    return [...names, ...(more > 0 ? [translate('notice.more', { count: more })] : [])].join('\n');
  }

  function endLine({ notBefore, notAfter, assumed }: ReportedCredential, now: Instant): string {
    if (notBefore !== undefined && notBefore > now) return translate('notice.valid-from', { date: time(notBefore) });
    if (notAfter === undefined) return translate('notice.no-end');
    const leftMs = epochMs(notAfter) + SECOND_MS - epochMs(now);
    const params = {
      date: time(notAfter),
      span: formatSpan(Math.abs(leftMs), language),
      assumed: assumed === true ? 'yes' : 'no',
    };
    return translate(leftMs > 0 ? 'notice.ends' : 'notice.ended', params);
  }

  function block(change: Change): string[] {
    if (!('credential' in change)) {
      const key = `notice.${change.kind}.do`;
      return [getHead(change), ...(isMessageKey(key) ? [`  ${translate(key)}`] : [])];
    }
    const { credential } = change;
    const facts = [
      translate('notice.fact.layer', { layer: text(`layer.${credential.layer}`) }),
      translate('notice.fact.id', { id: credential.credentialId }),
    ];
    if (change.kind === 'renewed') {
      const { notAfter } = change.by;
      const until = notAfter === undefined ? [] : [translate('notice.now-until', { date: time(notAfter) })];
      return [getHead(change), ...indent([...until, ...facts])];
    }
    if (change.kind !== 'entered') return [getHead(change), ...indent(facts)];
    const { breaks } = ROLES[credential.role];
    return [
      getHead(change),
      ...indent([
        endLine(credential, change.at),
        ...(credential.obstacle === undefined
          ? []
          : statementLines('notice.fact.obstacle', OBSTACLES[credential.obstacle])),
        ...statementLines('notice.fact.breaks', breaks),
        ...remedyLines(credential, change.to),
        ...facts,
      ]),
    ];
  }

  function remedyLines({ role, ...told }: ReportedCredential, state: AlarmState): string[] {
    if (state === 'not-yet-valid') return [translate('notice.do.clock')];
    const { remedies } = ROLES[role];
    if (remedies.length === 0) return [translate('notice.do.console')];
    return remedies.flatMap((remedy) => {
      const command = remedyCommand(remedy, namesInCluster(told));
      const [head = '', source = ''] = statementLines('notice.do', remedy.statement);
      return [head, ...(command === '' ? [] : [`  ${command}`]), source];
    });
  }

  function statementLines(key: MessageKey, { text: said, params, citations }: Statement): string[] {
    const sentence = isMessageKey(said) ? translate(said, params) : said;
    const sources = translate('notice.sources', { sources: getSources(citations) });
    return [translate(key, { text: sentence }), `  ${sources}`];
  }

  function getSources(citations: readonly Citation[]): string {
    const told = citations.map(({ work, certainty }) => `${text(work)}, ${text(`certainty.${certainty}`)}`);
    return [...new Set(told)].join('; ');
  }

  function fleetLine({ credentials, clusters, counts }: FleetSummary): string {
    const states = EXPIRY_STATES.flatMap((state) =>
      counts[state] === 0 ? [] : [`${text(`state.${state}`)} ${counts[state]}`],
    );
    return translate('notice.fleet', { credentials, clusters, states: states.join(translate('list.and')) });
  }

  function needLines({ needs }: FleetSummary): string[] {
    if (needs === undefined) return [];
    const sentences = needSentences(needs, { translate, formatDate: (ms) => time(instantFromMs(ms)) });
    return sentences.length === 0 ? [translate('needs.none')] : sentences;
  }

  function summaryLines(summary: FleetSummary): string[] {
    const { nextExpiry, sources, sourcesDown } = summary;
    return [
      ...needLines(summary),
      fleetLine(summary),
      ...(nextExpiry === undefined
        ? []
        : [translate('notice.next', { ...nextExpiry, date: time(nextExpiry.notAfter) })]),
      ...(sources === 0 ? [] : [translate('notice.files', { sources, down: sourcesDown })]),
    ];
  }

  function body(notice: NotificationMessage): string {
    const told = notice.changes.slice(0, MOST_TOLD);
    const more = notice.changes.length - told.length;
    const lead = notice.purpose === 'changes' ? [] : [translate(`notice.lead.${notice.purpose}`), ''];
    return [
      ...lead,
      ...told.flatMap((change) => [...block(change), '']),
      ...(more > 0 ? [translate('notice.more', { count: more }), ''] : []),
      ...summaryLines(notice.summary),
      '',
      ...(notice.audit === undefined ? [] : [translate('notice.audit', notice.audit)]),
      translate('notice.foot', { at: time(notice.at), id: notice.id }),
      '',
    ].join('\n');
  }

  return { subject, short, body, entry: (change) => `${block(change).join('\n')}\n` };
}

const OTHER_KINDS = [
  'channel-failing',
  'clock-back',
  'renewed',
  'recovered',
  'withdrawn',
  'channel-working',
] as const satisfies readonly Exclude<Change['kind'], 'entered'>[];

function indent(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
