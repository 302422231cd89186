import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../../../core/knowledge/model/cmdlets/cmdlets.ts';
import { CONTRADICTIONS } from '../../../../core/knowledge/model/contradictions.ts';
import { ROLE_IDS } from '../../../../core/knowledge/model/credentials/credentials.ts';
import { FAILURES } from '../../../../core/knowledge/model/failures/failures.ts';
import { KNOWLEDGE, knowledgeKey } from '../../../../core/knowledge/model/article.ts';
import { diagnose } from '../../../../core/repair/model/diagnose.ts';
import { KnowledgeSearch } from '../../../../core/knowledge/model/knowledge-search.ts';
import { isMessageKey } from '../../../../core/shared/text/text.ts';
import { CATALOGUES } from '../../../support/catalogues.ts';
import { measureCost } from '../../../support/cost.ts';

const search = new KnowledgeSearch(
  (key) => (isMessageKey(key) ? [CATALOGUES.en[key], CATALOGUES.ja[key]] : []),
  (text) => diagnose({ texts: [text] }),
);

function findKeys(query: string): string[] {
  return search.find(query).hits.map(({ ref }) => knowledgeKey(ref));
}

describe('a search for an error', () => {
  const published = FAILURES.flatMap(({ id, published: texts }) => texts.map((text) => [id, text] as const));

  test.each(published)('finds failure %s first for its published text: %s', (id, text) => {
    expect(findKeys(text)[0]).toBe(`failure:${id}`);
  });

  test.each(published)('finds failure %s first for its text in a log, wrapped and in lower case', (id, text) => {
    const wrapped = text.toLowerCase().replaceAll(/(.{60})/gsu, '$1\n   ');
    const pasted = `2026-11-27T08:14:00Z ${wrapped}\n2026-11-27T08:14:01Z retry in 30 s\n`;
    expect(findKeys(pasted)[0]).toBe(`failure:${id}`);
  });

  test('recognises an error by part of its text', () => {
    const [first] = search.find('failed to repair cluster certificates').hits;
    expect(first).toMatchObject({ by: 'error', ref: { id: 'F08' } });
    expect(first?.confidence).toBeGreaterThan(0.8);
  });

  test('omits articles that only share words with the error', () => {
    const text = FAILURES.find(({ id }) => id === 'F05')?.published[0] ?? '';
    const { hits } = search.find(`${text}\nthe node of the cluster and the token of the plugin`);
    expect(hits.every(({ by }) => by !== 'words')).toBe(true);
  });

  test('states where to look if the error is unrelated to certificates', () => {
    const { elsewhere } = search.find('dial tcp: lookup ca.corp.example: no such host');
    expect(elsewhere).toEqual(['dns']);
  });

  test('finds nothing for an unknown error', () => {
    expect(search.find('segmentation fault in lp0 on fire')).toMatchObject({ hits: [], elsewhere: [] });
  });
});

describe('a search for a name', () => {
  test.each(FAILURES.map(({ id }) => id))('finds %s first, in any form of the id', (id) => {
    const wide = [...id].map((letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfe_e0));
    for (const query of [id, id.toLowerCase(), ` ${id} `, wide.join('')])
      expect(findKeys(query)[0]).toBe(`failure:${id}`);
  });

  test.each(COMMANDS.map(({ name }) => name))('finds the command %s first', (name) => {
    expect(findKeys(name)[0]).toBe(`cmdlet:${name}`);
    expect(findKeys(name.toUpperCase())[0]).toBe(`cmdlet:${name}`);
  });

  test.each(ROLE_IDS.filter((id) => id !== 'unknown'))('finds the role %s near the top in either language', (id) => {
    for (const catalogue of [CATALOGUES.en, CATALOGUES.ja])
      expect(findKeys(catalogue[`role.${id}`]).slice(0, 3)).toContain(`credential:${id}`);
  });

  test.each([
    ['left unfinished', 'Update-AksHciCl', 'cmdlet:Update-AksHciClusterCertificates'],
    ['with a typing error', 'Upate-AksHciCertificates', 'cmdlet:Update-AksHciCertificates'],
    ['without its verb', 'akshcicertificats', 'cmdlet:Update-AksHciCertificates'],
    ['of a parameter', '-fixKubeletCredentials', 'cmdlet:Update-AksHciClusterCertificates'],
    ['known by nothing else', 'New-AksHciNodePool', 'cmdlet:New-AksHciNodePool'],
    ['in a command line', 'Get-AksHciCredential -name retail', 'cmdlet:Get-AksHciCredential'],
    ['behind a prompt', 'PS C:\\> kubectl get nodes -o wide', 'cmdlet:kubectl get'],
  ])('finds the best article first for a name %s', (_, query, expected) => {
    expect(findKeys(query)[0]).toBe(expected);
  });

  test('recognises a complete command line as a command', () => {
    expect(search.find('Update-AksHciCertificates -force').isCommand).toBe(true);
    expect(search.find('Update-AksHciCertificates').isCommand).toBe(false);
    expect(search.find('where is the kubeconfig').isCommand).toBe(false);
  });
});

describe('a search for words', () => {
  test.each(FAILURES.map(({ id }) => id))('finds %s by its title in either language', (id) => {
    for (const catalogue of [CATALOGUES.en, CATALOGUES.ja]) {
      const title = catalogue[`failure.${id}` as keyof typeof catalogue];
      expect(findKeys(title)[0]).toBe(`failure:${id}`);
    }
  });

  test.each(CONTRADICTIONS.map(({ id, text }) => [id, text] as const))(
    'finds the contradiction %s by its text',
    (id, text) => {
      if (!isMessageKey(text)) throw new Error(text);
      for (const catalogue of [CATALOGUES.en, CATALOGUES.ja])
        expect(findKeys(catalogue[text]).slice(0, 2)).toContain(`contradiction:${id}`);
    },
  );

  test.each([
    ['nothing between them', 'KMSプラグインのトークン期限切れ', 'failure:F07'],
    ['half-width kana', 'ﾉｰﾄﾞ ｴｰｼﾞｪﾝﾄ ﾄｰｸﾝ', 'credential:node-agent-token'],
    ['full-width letters', 'ｋｕｂｅｃｏｎｆｉｇ　期限切れ', 'failure:F10'],
    ['no sign of a long vowel', 'ノド エジェント', 'credential:node-agent'],
    ['another word order', '期限切れ プラグイン KMS', 'failure:F07'],
  ])('in Japanese finds words with %s', (_, query, expected) => {
    expect(findKeys(query).slice(0, 4)).toContain(expected);
  });

  test('finds words in kanji even if the particles between them are missing', () => {
    expect(findKeys('証明書更新').length).toBeGreaterThan(0);
  });

  test('reports a partial match if no article contains all words', () => {
    const { hits, isPartial } = search.find(
      'ワークロードクラスターの制御プレーンの証明書が期限切れでkubectlが使えない',
    );
    expect(isPartial).toBe(true);
    expect(hits[0]?.ref.id).toBe('F01');
    expect(search.find('KMS plugin').isPartial).toBe(false);
  });

  test('ranks articles with rare words above articles with common ones', () => {
    expect(findKeys('certificate of CSI')[0]).toBe('credential:csi');
  });
});

describe('the search', () => {
  test('lists every article in the order of the catalogue if nothing is entered', () => {
    for (const query of ['', '  ', '　']) expect(findKeys(query)).toEqual(KNOWLEDGE.map(knowledgeKey));
    expect(new Set(KNOWLEDGE.map(knowledgeKey)).size).toBe(KNOWLEDGE.length);
  });

  test('lists each article once', () => {
    for (const query of ['certificate', 'Update-AksHci', '証明書', 'Valid Token Required kvactl']) {
      const keys = findKeys(query);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  test('accepts any input without an exception', () => {
    for (const query of ['(', '[', '\\', '*', '<', '"', '…', '🔑', '\u0000', '-', '　-　', "'; rm -rf"])
      expect(() => search.find(query)).not.toThrow();
  });

  test('answers every prefix of a query within 100 ms', () => {
    const query = 'Update-AksHciClusterCertificates -fixCloudCredentials 証明書の期限切れ';
    search.find(query);
    const cost = measureCost(() => {
      for (let length = 1; length <= query.length; length++) search.find(query.slice(0, length));
    });
    // The limit is ten times the duration measured on a slow machine.
    expect(cost / query.length).toBeLessThan(100);
  });

  test('is quick even for 120,000 unknown words', () => {
    const text = Array.from({ length: 120_000 }, (_, at) => `w${at.toString(36)}x`).join(' ');
    expect(measureCost(() => search.find(text))).toBeLessThan(5_000);
  });
});
