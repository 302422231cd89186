import type { expiry as english } from '../en/expiry.ts';

export const expiry: Record<keyof typeof english, string> = {
  'obstacle.issuer-expired':
    '署名元の CA が期限切れです。この CA が署名する証明書はどれも有効になりません。',
  'obstacle.api-server-expired':
    'このクラスターの API サーバー証明書はすべて期限切れです。更新は API サーバーを経由するため行えません。',
  'obstacle.approver-token-expired':
    'kubelet の要求を承認する証明書マネージャーのトークンが期限切れです。',
  'obstacle.unchanged':
    '更新が何度か試行されたはずの時刻を過ぎて読み取りましたが、証明書が変わっていません。',
};
