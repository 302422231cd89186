import { beforeEach, describe, expect, test } from 'vitest';
import type { BoardRow } from '../../../../core/inventory/model/board-row.ts';
import type { ClusterId } from '../../../../core/shared/ids.ts';
import { DAY_MS, HOUR_MS, instantFromMs, SECOND_MS } from '../../../../core/shared/instant.ts';
import type { FleetInput } from '../../../../core/fleet/export/management-facts.ts';
import { exportManagementReport, managementReport } from '../../../../core/fleet/export/management-report.ts';
import { translator, type Language } from '../../../../core/shared/text/text.ts';
import { formatInstant } from '../../../../core/shared/text/time.ts';
import { boardRow } from '../../../support/board-rows.ts';
import { evaluateXpath } from '../../../support/html-page.ts';
import { testPorts } from '../../../support/ports.ts';
import { everyRole, makeFleet, HOSTILE, hostileFleet, NOW_MS } from '../../../support/report-fleet.ts';
import { needTool } from '../../../support/tools.ts';

const report = (fleet: FleetInput, language: Language = 'en'): string =>
  managementReport({ ...fleet, translate: translator(language) });

const HEALTHY = makeFleet(
  everyRole('retail-east', () => 0.2),
  everyRole('osaka', () => 0.3),
);

describe('the report for management', () => {
  beforeEach((context) => {
    needTool(context, 'xmllint');
  });

  test.each<Language>(['en', 'ja'])('is well-formed and has one page per cluster, in language %s', (language) => {
    for (const fleet of [HEALTHY, hostileFleet()]) {
      const html = report(fleet, language);
      const { value, errors } = evaluateXpath(html, 'count(//section[@class="page cluster"])');
      expect(errors).toEqual([]);
      expect(Number(value)).toBe(fleet.clusters.length);
      expect(Number(evaluateXpath(html, 'count(//section[@class="page fleet"])').value)).toBe(1);
      expect(evaluateXpath(html, 'string(/html/@lang)').value).toBe(language);
    }
  });

  test('shows hostile names completely, as text and never as markup', () => {
    const html = report(hostileFleet());
    expect(html).not.toMatch(/<script|<img|onerror=['"]/u);
    for (const name of HOSTILE) {
      const shown = evaluateXpath(html, `//h2/bdi`).value;
      expect(shown).toContain(name.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
    }
  });

  test('contains no scripts and loads no external content', () => {
    const html = report(HEALTHY);
    expect(html).not.toMatch(/(?:src|href|action)=|@import|url\(/iu);
    expect(html).toContain("default-src 'none'");
    expect(evaluateXpath(html, 'count(//script)').value).toBe('0');
  });
});

test('the report never shows the key of a message instead of its text', () => {
  for (const language of ['en', 'ja'] as const)
    for (const fleet of [HEALTHY, hostileFleet()])
      expect(report(fleet, language)).not.toMatch(
        /(?:management|poweroff|maintenance|obstacle|certainty|source|remedy)\.[a-z]/u,
      );
});

/** Makes the row of a four-day API server certificate that expires in `leftMs`. */
function apiServer(cluster: string, leftMs: number, change: Partial<BoardRow> = {}): BoardRow {
  const notAfterMs = NOW_MS + leftMs - SECOND_MS;
  const notBeforeMs = notAfterMs + SECOND_MS - 4 * DAY_MS;
  const id = `${cluster} ${change.role ?? ''}`;
  return boardRow({ name: id, cluster, notBeforeMs, notAfterMs, ...change });
}

function fleetWith(...rows: BoardRow[]): FleetInput {
  const clusters = [...new Set(rows.map(({ clusterId }) => clusterId))];
  return { ...HEALTHY, facts: {}, clusters: clusters.map((id) => ({ id, name: id, kind: 'kubernetes' })), rows };
}

function readText(html: string, xpath: string): string {
  return evaluateXpath(html, `string(${xpath})`).value.replace(/\s+/gu, ' ');
}

describe('the content of the report', () => {
  beforeEach((context) => {
    needTool(context, 'xmllint');
  });

  test('the first sentence is about clusters that are down, or else about those that need attention, or else states that all is well', () => {
    const headline = (...rows: BoardRow[]): string => readText(report(fleetWith(...rows)), '//h1');
    expect(headline(apiServer('east', -HOUR_MS), apiServer('west', 3 * DAY_MS))).toMatch(/^east has been down since /u);
    expect(headline(apiServer('east', -HOUR_MS), apiServer('west', -HOUR_MS))).toMatch(
      /^2 clusters are down, east since /u,
    );
    expect(headline(apiServer('east', 8 * HOUR_MS), apiServer('west', 3 * DAY_MS))).toMatch(/^east needs attention\./u);
    expect(headline(apiServer('east', 3 * DAY_MS))).toBe('The cluster needs no action now.');
  });

  test('includes the repair of an expired cluster, with its commands and their certainty', () => {
    const html = report(fleetWith(apiServer('east', -HOUR_MS), apiServer('west', 3 * DAY_MS)));
    const page = '//section[@class="page cluster"][1]';
    expect(readText(html, `${page}//p[contains(@class,"lead")]`)).toMatch(/^■ east has been down since /u);
    expect(readText(html, `${page}//ol/li[2]/code`)).toBe(
      'Update-AksHciClusterCertificates -name east -fixKubeletCredentials',
    );
    expect(readText(html, `${page}//ol/li[2]/span`)).toContain('(Documented)');
    expect(readText(html, `${page}//p[@class="sources"]`)).toContain('AKS-Arc/update-certificates');
    // The fleet's table also lists the repair, due now.
    const todo = '//section[@class="page fleet"]//table[2]';
    expect(readText(html, `${todo}/tbody/tr[1]/td[1]`)).toBe('Now');
    const toDo = readText(html, `${todo}/tbody/tr[1]/td[3]`);
    expect(toDo).toContain(readText(html, `${page}//ol/li[1]/code`));
    expect(toDo).toMatch(/then \d+ more steps/u);
  });

  test('states the facts of the chart in words: start, end and due date', () => {
    const row = apiServer('east', 30 * HOUR_MS);
    const html = report(fleetWith(row));
    const line = readText(html, '//table[@class="lives"]/tbody/tr[1]');
    const local = (ms: number): string => formatInstant(ms, 'en', 'local');
    for (const told of [
      'Fine: ',
      'API server',
      `Valid from ${local(row.notBeforeMs ?? 0)}.`,
      `Renewal due from ${local(NOW_MS + 6 * HOUR_MS)}.`,
      local(NOW_MS + 30 * HOUR_MS - SECOND_MS),
      '30 h',
    ])
      expect(line).toContain(told);
    expect(evaluateXpath(html, 'count(//table[@class="lives"]//svg[not(@aria-hidden)])').value).toBe('0');
  });

  test('a bar in the chart ends at its credential’s expiry, to the right of now while the credential is valid', () => {
    const bars = (leftMs: number): number[] => {
      const html = report(fleetWith(apiServer('east', leftMs)));
      const xs = evaluateXpath(html, '//svg[1]/rect[@height="14"]/@x').value;
      return [...xs.matchAll(/x="([\d.]+)"/gu)].map(([, x]) => Number(x));
    };
    const nowX = 220;
    const [over = 0, soon = 0, later = 0] = [-HOUR_MS, 10 * HOUR_MS, 90 * HOUR_MS].flatMap(bars);
    expect(over).toBeLessThan(nowX);
    expect(soon).toBeGreaterThan(nowX);
    expect(later).toBeGreaterThan(soon);
  });

  test('states the reason for a stalled renewal and the certainty of that reason', () => {
    const row = apiServer('east', 8 * HOUR_MS, { firstReadMs: NOW_MS - DAY_MS, confirmedMs: NOW_MS });
    expect(readText(report(fleetWith(row)), '//p[@class="obstacle"]')).toBe(
      'Renewal stalled: The file was read again when several renewal attempts were due, but the certificate had not changed. (Inferred)',
    );
  });

  test('counts watched credentials outside the platform, as the board does', () => {
    const outside = boardRow({ name: 'edge', clusterId: 'foreign' as ClusterId, foreign: 'other-distribution' });
    const fleet = makeFleet(everyRole('osaka', () => 0.3));
    const count = (input: FleetInput): number => {
      const numbers = readText(report(input), '//ul[@class="counts"]').match(/\d+/gu) ?? [];
      return numbers.map(Number).reduce((sum, each) => sum + each, 0);
    };
    expect(count({ ...fleet, rows: [...fleet.rows, outside] })).toBe(count(fleet) + 1);
  });

  test('counts only credentials whose expiry breaks something, and names the kinds that it omits', () => {
    const html = report(
      fleetWith(apiServer('east', 3 * DAY_MS), apiServer('east', -DAY_MS, { role: 'super-admin-conf' })),
    );
    expect(readText(html, '//h1')).toBe('The cluster needs no action now.');
    expect(readText(html, '//ul[@class="counts"]')).toBe('○ Fine 1');
    expect(html).toContain('super-admin.conf');
  });

  test('marks an assumed date as assumed', () => {
    const token = apiServer('east', 3 * DAY_MS, { kind: 'token', assumed: true });
    const html = report(fleetWith(token));
    expect(readText(html, '//table[@class="lives"]/tbody/tr[1]')).toContain('(assumed)');
    expect(html).toContain(translator('en')('report.assumed.note').slice(0, 40));
  });
});

test('omits a demo fleet beside real clusters, but shows it if there are no others', () => {
  const sample = apiServer('demo', 3 * DAY_MS, { sample: true });
  const both = fleetWith(apiServer('east', 3 * DAY_MS), sample);
  const clusters = both.clusters.map((place) =>
    place.id === ('demo' as ClusterId) ? { ...place, sample: true as const } : place,
  );
  expect(report({ ...both, clusters })).not.toContain('demo');
  const alone = clusters.filter((place) => place.sample === true);
  expect(report({ ...both, clusters: alone, rows: [sample] })).toContain('demo (demo)');
});

describe('writing the report', () => {
  test('replaces the whole file and reports what was written', async () => {
    const ports = testPorts();
    ports.clock.moment = instantFromMs(NOW_MS);
    const { nowMs: _, ...fleet } = HEALTHY;
    const saved = await exportManagementReport(ports, {
      ...fleet,
      translate: translator('en'),
      path: '/out/report.html',
    });
    const bytes = await ports.files.read('/out/report.html', Infinity);
    expect(new TextDecoder().decode(bytes)).toBe(report(HEALTHY));
    expect(saved).toMatchObject({ name: 'report.html', bytes: bytes.length });
    expect(saved.sha256).toMatch(/^[0-9a-f]{64}$/u);
  });

  test('is refused if there is nothing to report', async () => {
    const { nowMs: _, ...fleet } = fleetWith();
    const options = { ...fleet, translate: translator('en'), path: '/out/report.html' };
    await expect(exportManagementReport(testPorts(), options)).rejects.toMatchObject({
      code: 'export.nothing-to-write',
    });
  });
});
