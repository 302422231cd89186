import type english from '../en/consent.ts';

export default {
  'run.consent.start': 'この計画を {target} で実行しますか?',
  'run.consent.start.yes': '計画を実行',
  'run.consent.resume': '{target} での実行を再開しますか?',
  'run.consent.resume.yes': '再開',
  'run.consent.step': 'クラスターを失うおそれのある手順を {target} で実行しますか?',
  'run.consent.step.yes': '手順を実行',
  'run.consent.no': 'キャンセル',
  'run.consent.plan': '計画: {value}',
  'run.consent.target': '実行先: {value}',
  'run.consent.steps': '手順数: {value}',
  'run.consent.cluster': 'クラスター: {value}',
  'run.consent.step-title': '手順: {value}',
  'run.consent.command': 'コマンド:{value}',
  'run.consent.former-copy':
    'この実行の記録は破損しているか、なくなっています。これは 1 つ前のコピーで、最後の手順が含まれていない可能性があります。',
  'run.consent.lead':
    'コマンドは実際のホストとクラスターを変更します。{dangerous, plural, =0 {} other {クラスターを失うおそれのある手順が # 件あり、その前に改めて確認します。}}',
} satisfies Record<keyof typeof english, string>;
