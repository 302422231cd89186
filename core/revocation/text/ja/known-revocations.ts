import type english from '../en/known-revocations.ts';

export default {
  'obstacle.revoked':
    '読み取った RenewRevocation オブジェクトが次の証明書にも一致します。オブジェクトが有効な間、更新は拒否されます。',
  'repair.revocation':
    '先に RenewRevocation オブジェクト {name} を修正または削除してください。エントリ「{entry}」が修復で作成される証明書にも一致するため、修復してもすぐに失効します。{others, plural, =0 {} other {ほかに # 個のオブジェクトも同様です。}}修正する場合は、エントリに過去の notBefore を指定して、ファイルをもう一度適用します。次のコマンドはオブジェクトを削除します。読み取ったファイルは {path} です。クラスターに存在するかどうかは、ファイルからはわかりません。',

  'finding.renewal.refused':
    'RenewRevocation オブジェクト {name} のエントリ「{entry}」が次の証明書にも一致するため、更新は拒否されます。',
  'finding.renewal.refused.remedy':
    'エントリに過去の notBefore を指定してファイルをもう一度適用するか、オブジェクトを削除してから、修復してください。クラスターにもう存在しない場合は、「停止できる期間」の画面でそのように指定してください。',
  'finding.renewal.refused-until':
    'RenewRevocation オブジェクト {name} のエントリ「{entry}」の notBefore が将来の日時であるため、{until} まで更新は拒否されます。',
  'finding.renewal.refused-until.remedy':
    'その日時より後に修復するか、エントリにより早い notBefore を指定してファイルをもう一度適用してください。',
  'finding.renewal.named':
    'RenewRevocation オブジェクト {name} のエントリ「{entry}」により、この証明書は失効しています。',
  'finding.renewal.named.remedy':
    '次の更新または修復で置き換わります。期限までは、どこかで受け入れられる可能性があります。',

  'problem.revocation.unknown': 'このクラスターについて、RenewRevocation オブジェクト {name} は読み取られていません。',
  'problem.revocation.unknown.remedy': 'その間にファイルが読み直された可能性があります。もう一度確認してください。',

  'report.revocations': 'RenewRevocation オブジェクト',
  'report.revocations.explain':
    '資格情報ではありませんが、更新と修復の可否を左右するため、記録します。クラスターに存在するかどうかは、ファイルからはわかりません。',
  'report.revocation.entries': 'エントリ {count, number} 個、{namespace}',
  'report.revocation.no-cluster': 'クラスター不明',
  'report.revocation.no-cluster.remedy':
    'クラスターのほかのファイルと同じ場所に置くか、ファイル名にクラスター名を含めて、もう一度インポートしてください。',
  'report.revocation.lifted': '有効ではないと指定済み',

  'poweroff.refused':
    '{name}{others, plural, =0 {} other { (ほか # 個)}} が有効な間、{count, number} 個の資格情報を更新できません。次の証明書も失効するためです。期限を過ぎると停止します。',
  'poweroff.refused.fix': '修正するか、削除してください:',
  'poweroff.refused.command': '削除するコマンド',
  'poweroff.lift': '{name} はもう有効ではない',
  'poweroff.lifted': '{name} を有効ではないものとして扱います。',
  'poweroff.lifted.undone': '{name} を再び有効なものとして扱います。',
  'cli.import.revocation': 'RenewRevocation {name} ({path}): {cluster}',
} satisfies Record<keyof typeof english, string>;
