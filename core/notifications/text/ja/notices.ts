import type english from '../en/notices.ts';

export default {
  'notice.subject.changes': '{counts}',
  'notice.subject.heartbeat': 'Arcwarden は動作しています',
  'notice.subject.test': 'Arcwarden からのテスト',
  'notice.lead.heartbeat': '確認は続いています。このメッセージへの対応は必要ありません。',
  'notice.lead.test': 'これはテストです。実際の変化も同じ方法でお知らせします。',
  'notice.count.expired': '期限切れ {count} 件',
  'notice.count.urgent': '緊急 {count} 件',
  'notice.count.stalled': '更新の停滞 {count} 件',
  'notice.count.renewal-overdue': '更新の遅れ {count} 件',
  'notice.count.not-yet-valid': '有効期間前 {count} 件',
  'notice.count.channel-failing': '失敗しているチャネル {count, number} 件',
  'notice.count.clock-back': '時計の巻き戻り',
  'notice.count.renewed': '更新済み {count} 件',
  'notice.count.recovered': '正常に復帰 {count} 件',
  'notice.count.withdrawn': '削除 {count} 件',
  'notice.count.channel-working': '復旧したチャネル {count, number} 件',
  'notice.count.joint': '、',
  'notice.entered.expired': '期限切れ: {cluster} の {name} ({role})',
  'notice.entered.urgent': '緊急: {cluster} の {name} ({role})',
  'notice.entered.stalled': '更新の停滞: {cluster} の {name} ({role})',
  'notice.entered.renewal-overdue': '更新の遅れ: {cluster} の {name} ({role})',
  'notice.entered.not-yet-valid': '有効期間前: {cluster} の {name} ({role})',
  'notice.renewed': '更新済み: {cluster} の {name} ({role})',
  'notice.recovered': '正常に復帰: {cluster} の {name} ({role})',
  'notice.withdrawn': 'インベントリから削除: {cluster} の {name} ({role})',
  'notice.channel-failing': 'チャネル {channel} が失敗しています',
  'notice.channel-failing.do': 'メッセージは保持され、再試行されます。「設定」の「通知」で理由を確認してください。',
  'notice.channel-working': 'チャネル {channel} が復旧しました',
  'notice.clock-back': 'このコンピューターの時計が {from} から {to} に戻りました',
  'notice.clock-back.do': '1 時間はこの時計による判定を行いません。時刻と、時刻の同期を確認してください。',
  'notice.ends': '{assumed, select, yes {推定の有効期限} other {有効期限}}: {date} (残り {span})。',
  'notice.ended': '{assumed, select, yes {推定の有効期限} other {有効期限}}: {date} ({span}前に終了)。',
  'notice.valid-from': '{date} から有効です。',
  'notice.no-end': '有効期限の記載がありません。',
  'notice.now-until': '新しいものは {date} まで有効です。',
  'notice.fact.obstacle': '停滞の理由: {text}',
  'notice.fact.layer': '層: {layer}',
  'notice.fact.id': 'SHA-256: {id}',
  'notice.fact.breaks': '影響: {text}',
  'notice.do': '対処: {text}',
  'notice.do.clock': '対処: このコンピューター、ホスト、ノードの時計を比べてください。',
  'notice.do.console': '対処: コマンドを示す資料がありません。Arcwarden でこの資格情報を開いてください。',
  'notice.sources': '出典: {sources}',
  'notice.more': 'ほか {count, number} 件の変化',
  'notice.fleet': 'クラスター {clusters, number} 個、資格情報 {credentials, number} 件: {states}',
  'notice.next': '次に終わるもの: {cluster} の {name}、{date}',
  'notice.files': '確認したファイル {sources, number} 個、読み取れないもの {down} 個',
  'notice.audit': '監査証跡: {lines} 行、最後の行の SHA-256 は {hash}',
  'notice.foot': 'Arcwarden、{at}、メッセージ {id}',

  'finding.watch.channel-failing':
    'チャネル「{channel}」が {failures, number} 回失敗しました{waiting, plural, =0 {} other {。# 件のメッセージが待機しています}}。',
  'finding.watch.channel-failing.remedy':
    '「設定」の「通知」で理由を確認し、直したらテストを送信してください。待機中のメッセージもそのとき送信されます。',
  'finding.watch.source-down':
    '資格情報を読み取ったファイルのうち {count, number} 個を読み取れなくなりました ({path} など)。最後に読み取った内容で判定しています。',
  'finding.watch.source-down.remedy': '再び読み取れるようにするか、現在の場所から資格情報をインポートしてください。',
  'finding.watch.clock-back':
    'このコンピューターの時計は、以前これより後の時刻を示していました。1 時間進むまで、変化をお知らせしません。',
  'finding.watch.clock-back.remedy': 'このコンピューターの時刻と、時刻の同期を確認してください。',
  'finding.watch.file-doubted':
    '{file} は Arcwarden が書き込んだ内容と一致しません。正常な以前のコピーがないため、そのまま読み取りました。',
  'finding.watch.file-doubted.remedy':
    '自分で変更した場合は、末尾の sha256 フィールドを削除してください。そうでない場合は、チャネルとスヌーズの内容を確認し、保存し直してください。',
  'finding.watch.file-restored':
    'ファイル {file} が壊れているか、ありませんでした。1 つ前の控えを使っています。最後の変更が失われている可能性があります。',
  'finding.watch.file-restored.remedy': '設定で、チャネルと通知を止めた資格情報を確認してください。',
  'finding.watch.file-lost':
    '{setAside, select, none {ファイル {file} がないか、壊れています} other {ファイル {file} が壊れていたため、{setAside} として退避しました}}。使える控えがありません。',
  'finding.watch.file-lost.remedy':
    'チャネルと通知の停止を設定し直すか、Arcwarden を閉じてからバックアップのファイルに戻してください。以前お知らせした内容が、もう一度届くことがあります。',
  'finding.watch.entry-unreadable': 'ファイル {file} の {entry} 番目の項目を読み取れません。そのまま残しています。',
  'finding.watch.entry-unreadable.remedy': '設定でもう一度登録してください。',

  'finding.audit.line-unreadable': '監査証跡の {line} 行目は、監査証跡の行ではありません。',
  'finding.audit.line-unreadable.remedy': '書き換えられたか、ディスクに障害があります。バックアップと比べてください。',
  'finding.audit.chain-broken': '監査証跡の {line} 行目が、前の行につながっていません。',
  'finding.audit.chain-broken.remedy':
    'この位置の行が変更、削除、追加、または移動されています。バックアップと比べてください。',
  'finding.audit.line-missing': '監査証跡が、以前あった {line} 行目より前で終わっています。',
  'finding.audit.line-missing.remedy': '末尾の行が削除されています。バックアップと比べてください。',
  'finding.audit.end-changed': '監査証跡の {line} 行目 (記録されている最後の行) が、書き込まれたものと異なります。',
  'finding.audit.end-changed.remedy': '書き換えられています。バックアップと比べてください。',
  'finding.audit.head-behind': '監査証跡の {line} 行目以降は、Arcwarden が記録していない行です。',
  'finding.audit.head-unknown': 'SHA-256 が {head} の行は、監査証跡にありません。',
  'finding.audit.head-unknown.remedy':
    'この監査証跡から控えた値であれば、その後に行が変更されています。バックアップと比べてください。',
  'finding.audit.head-behind.remedy':
    '手作業で追加されたか、audit-head.json が古い控えです。両方をバックアップと比べてください。',
} satisfies Record<keyof typeof english, string>;
