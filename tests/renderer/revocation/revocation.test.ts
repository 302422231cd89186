import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import type { Problem, Result } from '../../../core/shared/problem.ts';
import type {
  RevocationDocument,
  RevocationDocumentId,
  RevocationJudgement,
} from '../../../core/revocation/model/view.ts';
import { editRevocation } from '../../../core/revocation/manifest/editor.ts';
import { readRevocationDrafts } from '../../../core/formats/renew-revocation/draft-reader.ts';
import { writeDraft } from '../../../core/revocation/manifest/writer.ts';
import { judgeText } from '../../../core/revocation/evaluate.ts';
import type { Api } from '../../../renderer/api.ts';
import { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { aRevocation, FakeApi, NOW_MS } from '../fake-api.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../fixtures/revocation/article.yaml'), 'utf8');
const NOW = instant('2026-11-24T12:00:00Z');
const FILE = {
  name: 'lost.yaml',
  path: 'C:\\revocations\\lost.yaml',
  at: NOW,
  sha256: 'ab'.repeat(32),
  edited: false,
  onDisk: 'same' as const,
};

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** Every timer of the screen has run. */
const settled = () => vi.advanceTimersByTimeAsync(1_000);

function judged(text: string): RevocationJudgement {
  const known = { clusters: [], certificates: [] };
  return judgeText(text, { ...known, now: NOW, serialSpelling: 'serialnumber' }).judgement;
}

type Revocation = Api['revocation'];

/** A console whose judgements and changes are the real ones, with one document. */
async function opened(change: Partial<RevocationDocument> = {}, other: Partial<Revocation> = {}) {
  const fake = new FakeApi();
  const document = aRevocation('1'.repeat(16), { text: ARTICLE, ...change });
  fake.revocations.set(document.id, document);
  const revocation: Revocation = {
    ...fake.api.revocation,
    judge: (request) => {
      fake.asked.push({ method: 'revocation.judge', argument: request });
      return Promise.resolve({ ok: true, value: judged(request.text) });
    },
    edit: ({ text, objectIndex, change: made }) => Promise.resolve(edited(text, objectIndex, made)),
    ...other,
  };
  const state = new ConsoleState({ ...fake.api, revocation }, { language: 'en', dark: false, readClock: () => NOW_MS });
  await state.settings.load();
  const work = state.revocation;
  await work.load();
  await work.open(document.id);
  return {
    fake,
    state,
    work,
    id: document.id,
    rules: () => work.judgement?.findings.map(({ rule }) => rule),
    kept: () => fake.revocation(document.id),
    keeps: () => fake.argumentsOf('revocation.keep'),
  };
}

function edited(
  text: string,
  objectIndex: number,
  change: Parameters<Revocation['edit']>[0]['change'],
): Result<{ text: string }> {
  if (change.kind === 'begin') return { ok: true, value: { text: writeDraft(change.draft) } };
  const fix =
    change.kind === 'append'
      ? {
          kind: 'insert' as const,
          entryIndex: (readRevocationDrafts(text).objects[objectIndex]?.draft.entries.length ?? 0) - 1,
          entries: change.entries,
        }
      : change;
  const after = editRevocation(text, objectIndex, fix);
  return after === undefined
    ? { ok: false, problem: { code: 'revocation.not-editable', params: {} } }
    : { ok: true, value: { text: after } };
}

function notice(state: ConsoleState) {
  return state.notices.list.at(-1);
}

describe('the text', () => {
  test('every danger of the article is mended by one click each, and each click is undone by one', async () => {
    const { work } = await opened();
    const texts = [work.text];
    for (let clicks = 0; clicks < 10; clicks += 1) {
      const danger = work.judgement?.findings.find(({ severity }) => severity === 'error');
      const [fix] = danger?.fixes ?? [];
      if (fix === undefined) break;
      expect(await work.change(fix)).toBe(true);
      await work.settle();
      texts.push(work.text);
    }
    expect(work.judgement?.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    for (const text of texts.reverse()) {
      expect(work.text).toBe(text);
      work.undo();
    }
    expect([work.canUndo, work.text]).toEqual([false, ARTICLE]);
  });

  test('form and editor have one history', async () => {
    const { work } = await opened();
    await work.change({ kind: 'set-object', field: 'name', value: 'lost' });
    const named = work.text;
    work.type(`${named}# by hand\n`);
    work.undo();
    expect(work.text).toBe(named);
    work.undo();
    expect(work.text).toBe(ARTICLE);
    work.redo();
    expect(work.text).toBe(named);
  });

  test('a click on an entry that moved away meanwhile does nothing', async () => {
    const { work } = await opened();
    const both = await Promise.all([
      work.change({ kind: 'remove', entryIndex: 1 }),
      work.change({ kind: 'remove', entryIndex: 1 }),
    ]);
    expect(both).toEqual([true, false]);
    await settled();
    expect(work.object?.draft.entries.map(({ kind }) => kind)).toEqual(['serialnumber', 'DNS', 'DNS', 'IP']);
  });

  test('what is typed while a change is on its way is kept, and the change is made of it', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => (release = resolve));
    const { work } = await opened(
      {},
      {
        edit: async ({ text, objectIndex, change }) => {
          await waiting;
          return edited(text, objectIndex, change);
        },
      },
    );
    const done = work.change({ kind: 'set-object', field: 'name', value: 'lost' });
    work.type(`${ARTICLE}# by hand\n`);
    release();
    expect(await done).toBe(true);
    expect(work.text).toContain('name: lost');
    expect(work.text).toMatch(/# by hand\n$/u);
  });

  test('a change that the layout does not allow is told, and the text stays', async () => {
    const text = ARTICLE.replace('revocations:', 'revocations: &all').replace('kind: IP', 'kind: IP\nstatus: *all');
    const { work, state } = await opened({ text });
    const isDone = await work.change({ kind: 'set', entryIndex: 99, field: 'ip', value: '::1' });
    expect([isDone, work.text, notice(state)?.problem?.code]).toEqual([false, text, 'revocation.not-editable']);
  });

  test('entries from the inventory begin an object, and are added to one that is there', async () => {
    const { work } = await opened({ text: '' });
    const draft = { name: 'lost', entries: [{ kind: 'Group', group: 'a', notBefore: NOW }] };
    await work.take(draft);
    await settled();
    expect(work.object?.draft).toMatchObject({ name: 'lost', kind: 'RenewRevocation' });
    await work.take({ name: 'other', entries: [{ kind: 'Group', group: 'b', notBefore: NOW }] });
    await settled();
    expect(work.object?.draft.name).toBe('lost');
    expect(work.object?.draft.entries.map(({ group }) => group)).toEqual(['a', 'b']);
  });
});

describe('the form', () => {
  test('shows at once what is typed, puts it into the text when it pauses, and undoes it as one step', async () => {
    const { work } = await opened();
    const place = { field: 'name' } as const;
    for (const name of ['l', 'lo', 'los']) {
      work.form.type(place, name);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(work.form.value(place, 'my-renew-revocation')).toBe('los');
    expect(work.text).toBe(ARTICLE);
    await vi.advanceTimersByTimeAsync(300);
    expect(work.text).toContain('name: los\n');
    work.form.type(place, 'lost');
    await vi.advanceTimersByTimeAsync(300);
    work.form.leave();
    await settled();
    expect(work.form.value(place, work.object?.draft.name)).toBe('lost');
    work.undo();
    await settled();
    expect(work.text).toBe(ARTICLE);
    expect(work.form.value(place, work.object?.draft.name)).toBe('my-renew-revocation');
  });

  test('an undo takes back what was typed a moment ago, before it is in the text', async () => {
    const { work } = await opened();
    work.form.type({ field: 'name' }, 'lost');
    work.undo();
    await settled();
    expect([work.text, work.canRedo]).toEqual([ARTICLE, true]);
  });

  test('an emptied description goes, an emptied value stays as an empty one', async () => {
    const { work } = await opened();
    work.form.type({ entryIndex: 4, field: 'description' }, '');
    work.form.type({ entryIndex: 4, field: 'ip' }, '');
    await settled();
    expect(work.object?.draft.entries[4]).toEqual({ kind: 'IP', ip: '' });
  });

  test('a value follows the kind into its field, as one step', async () => {
    const { work } = await opened();
    const entry = work.object?.draft.entries[1] ?? {};
    await work.form.setKind(1, entry, 'DNS');
    await settled();
    expect(work.object?.draft.entries[1]).toEqual({
      description: 'Revoked certificates by group',
      kind: 'DNS',
      dns: 'system:nodes',
    });
    work.undo();
    expect(work.text).toBe(ARTICLE);
  });

  test('a moment is written in UTC to the second, and taken away', async () => {
    const { work } = await opened();
    await work.setNotBeforeToNow(1);
    expect(work.text).toContain('notBefore: "2026-11-24T12:00:00Z"');
    await work.setNotBefore(1, undefined);
    expect(work.text).toBe(ARTICLE);
  });
});

describe('judgements', () => {
  test('an answer about an older text is dropped', async () => {
    const waiting: (() => void)[] = [];
    let isSlow = false;
    const { work } = await opened(
      {},
      {
        judge: ({ text }) =>
          new Promise((resolve) => {
            const answer = (): void => resolve({ ok: true, value: judged(text) });
            if (isSlow) waiting.push(answer);
            else answer();
          }),
      },
    );
    isSlow = true;
    for (const name of ['first', 'second']) {
      work.type(ARTICLE.replace('my-renew-revocation', name));
      await settled();
    }
    expect(waiting).toHaveLength(2);
    waiting[1]?.();
    await settled();
    waiting[0]?.();
    await settled();
    expect([work.object?.draft.name, work.judging]).toEqual(['second', false]);
  });

  test('typing is judged when it pauses, once', async () => {
    const { work, fake } = await opened();
    const before = fake.argumentsOf('revocation.judge').length;
    for (const letter of 'abc') work.type(`${work.text}#${letter}`);
    expect(work.judging).toBe(true);
    await settled();
    expect(fake.argumentsOf('revocation.judge').length - before).toBe(1);
    expect([work.judging, work.judgedText]).toEqual([false, work.text]);
  });

  test('that an empty text holds no object is not told, of another text it is', async () => {
    const { work, rules } = await opened({ text: '' });
    expect(rules()).toEqual([]);
    work.type('kind: ConfigMap\n');
    await settled();
    expect(rules()).toEqual(['revocation.no-object']);
  });

  test('another kubeconfig asks anew, and is kept', async () => {
    const { work, fake, kept } = await opened();
    work.useKubeconfig('C:\\other');
    await settled();
    expect(fake.argumentsOf('revocation.judge').at(-1)).toMatchObject({ kubeconfig: 'C:\\other' });
    expect(kept().kubeconfig).toBe('C:\\other');
  });
});

describe('keeping', () => {
  test('a moment after the last change the text is on disk, in one write', async () => {
    const { work, kept, keeps } = await opened();
    work.type(`${ARTICLE}# a`);
    await vi.advanceTimersByTimeAsync(299);
    work.type(`${ARTICLE}# ab`);
    await vi.advanceTimersByTimeAsync(299);
    expect(keeps()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([keeps().length, kept().text]).toEqual([1, `${ARTICLE}# ab`]);
  });

  test('opening a document writes nothing', async () => {
    const { keeps } = await opened({ step: 'impact', objectIndex: 0 });
    await settled();
    expect(keeps()).toEqual([]);
  });

  test('another step, another screen and another window put it there at once', async () => {
    const { work, state, kept } = await opened();
    work.type(`${ARTICLE}# a`);
    work.go('impact');
    await vi.advanceTimersByTimeAsync(0);
    expect(kept()).toMatchObject({ text: `${ARTICLE}# a`, step: 'impact' });
    work.type(`${ARTICLE}# b`);
    state.go('expiry');
    await vi.advanceTimersByTimeAsync(0);
    expect(kept().text).toBe(`${ARTICLE}# b`);
    work.form.type({ field: 'name' }, 'lost');
    await work.leave();
    expect(kept().text).toContain('name: lost');
  });

  test('after a crash everything is there again: text, step, goal, object and kubeconfig', async () => {
    const { work, fake, id } = await opened();
    work.choose('group');
    work.useKubeconfig('C:\\kube');
    work.type(`${ARTICLE}---\n${ARTICLE}`);
    await settled();
    work.showObject(1);
    work.go('recovery');
    await settled();
    const again = new ConsoleState(fake.api, { language: 'en', dark: false, readClock: () => NOW_MS });
    await again.revocation.load();
    await again.revocation.open(id);
    expect(again.revocation).toMatchObject({
      text: `${ARTICLE}---\n${ARTICLE}`,
      step: 'recovery',
      goal: 'group',
      kubeconfig: 'C:\\kube',
    });
    expect(fake.revocation(id).objectIndex).toBe(1);
  });

  test('a text with a secret is not kept: that stands until it is mended, and closing asks first', async () => {
    const problem: Problem = { code: 'revocation.secret-in-text', params: {} };
    const { work, fake, kept } = await opened();
    fake.problems.set('revocation.keep', problem);
    work.type(`${ARTICLE}token: x`);
    await settled();
    expect([work.unkept, kept().text]).toEqual([problem, ARTICLE]);
    await work.close();
    expect([work.dialog, work.document?.id]).toEqual([{ kind: 'unkept' }, kept().id]);
    fake.problems.delete('revocation.keep');
    work.undo();
    await settled();
    expect(work.unkept).toBeUndefined();
    await work.close();
    expect(work.document).toBeUndefined();
  });

  test('what could not be written is tried again when the window is looked at', async () => {
    const { work, fake, kept } = await opened();
    fake.failing.add('revocation.keep');
    work.type(`${ARTICLE}# a`);
    await settled();
    expect(work.unkept?.code).toBe('internal');
    fake.failing.delete('revocation.keep');
    await work.look();
    expect([work.unkept, kept().text]).toEqual([undefined, `${ARTICLE}# a`]);
  });
});

describe('the file', () => {
  function disk(
    { fake, id }: { fake: FakeApi; id: RevocationDocumentId },
    onDisk: 'changed' | 'gone' | 'same',
    diskSha256?: string,
  ): void {
    const file = { ...FILE, onDisk, ...(diskSha256 !== undefined && { diskSha256 }) };
    fake.revocations.set(id, { ...fake.revocation(id), file });
  }

  test('is edited from the first letter on, before that is on disk', async () => {
    const { work } = await opened({ file: FILE });
    expect(work.file?.edited).toBe(false);
    work.type(`${ARTICLE}#`);
    expect(work.file?.edited).toBe(true);
  });

  test('changed by another program is told until somebody says what to do, and again when it is gone', async () => {
    const it = await opened({ file: FILE });
    const { work } = it;
    disk(it, 'changed', 'aa');
    await work.look();
    expect(work.drift).toBe('changed');
    work.keepMine();
    expect(work.drift).toBeUndefined();
    await work.look();
    expect(work.drift).toBeUndefined();
    disk(it, 'gone');
    await work.look();
    expect(work.drift).toBe('gone');
  });

  test('changed once more, after mine was kept, is told once more', async () => {
    const it = await opened({ file: FILE });
    const { work } = it;
    disk(it, 'changed', 'aa');
    await work.look();
    work.keepMine();
    disk(it, 'changed', 'bb');
    await work.look();
    expect(work.drift).toBe('changed');
    work.keepMine();
    expect(work.drift).toBeUndefined();
    // Back to what was kept apart before: that was a change, too.
    disk(it, 'changed', 'aa');
    await work.look();
    expect(work.drift).toBe('changed');
  });

  test('is taken over by a reload, which is a step of undo', async () => {
    const it = await opened({ file: FILE });
    const { work } = it;
    const theirs = ARTICLE.replace('my-renew', 'their-renew');
    it.fake.revocations.set(it.id, { ...it.fake.revocation(it.id), text: theirs, file: FILE });
    await work.reload();
    await settled();
    expect([work.text, work.drift]).toEqual([theirs, undefined]);
    work.undo();
    await settled();
    expect([work.text, it.kept().text]).toEqual([ARTICLE, ARTICLE]);
  });

  test('is compared without being taken over', async () => {
    const { work, fake } = await opened({ file: FILE });
    fake.textOnDisk = 'theirs';
    await work.compare();
    expect(work.dialog).toEqual({ kind: 'compare', theirs: 'theirs' });
    expect(work.text).toBe(ARTICLE);
  });

  test('changed meanwhile is not overwritten unless somebody says so', async () => {
    const { work, fake } = await opened({ file: FILE, text: SOUND });
    const problem: Problem = { code: 'revocation.file-changed', params: { path: FILE.path } };
    fake.problems.set('revocation.save', problem);
    await work.saving.save();
    expect(work.dialog).toEqual({ kind: 'overwrite' });
    fake.problems.delete('revocation.save');
    await work.saving.overwrite();
    expect(fake.argumentsOf('revocation.save').at(-1)).toMatchObject({ overwrite: true });
    expect(work.dialog).toBeUndefined();
  });
});

const SOUND = `apiVersion: certificates.microsoft.com/v1
kind: RenewRevocation
metadata:
  name: lost
  namespace: kube-system
spec:
  revocations:
  - kind: serialnumber
    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"
`;

describe('saving', () => {
  test('a text without a file asks for one, and what is in it is saved with its latest letter', async () => {
    const { work, fake } = await opened({ text: SOUND });
    work.form.type({ field: 'name' }, 'last');
    await work.saving.save();
    expect(fake.argumentsOf('chooseTarget')).toEqual([{ suggestedName: 'last.yaml', format: 'yaml' }]);
    const [request] = fake.argumentsOf('revocation.save') as { text: string; target: string }[];
    expect(request).toMatchObject({ target: 'target' });
    expect(request?.text).toContain('name: last');
    expect(work.file).toMatchObject({ edited: false, onDisk: 'same' });
  });

  test('a cancelled dialog writes nothing', async () => {
    const { work, fake } = await opened({ text: SOUND });
    fake.target = null;
    await work.saving.save();
    expect([fake.argumentsOf('revocation.save'), work.saving.busy]).toEqual([[], false]);
  });

  test('what has to be confirmed is written only once the phrase is typed, and the phrase goes along', async () => {
    const text = SOUND.replace(
      '- kind: serialnumber\n    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"',
      `- kind: Group\n    group: system:masters\n    notBefore: "2026-11-24T11:00:00Z"`,
    );
    const { work, fake } = await opened({ text });
    const phrase = work.judgement?.guard.phrase ?? '';
    expect(phrase).toContain('system:masters');
    expect(work.saving.ready).toBe(false);
    work.saving.understood = phrase.slice(0, -1);
    expect(work.saving.ready).toBe(false);
    work.saving.understood = `  ${phrase} `;
    expect(work.saving.ready).toBe(true);
    await work.saving.copy();
    expect(fake.argumentsOf('revocation.copy')).toEqual([{ documentId: work.document?.id, text, understood: phrase }]);
  });

  test('the key for saving leads to the step where something is missing', async () => {
    const { work, fake } = await opened();
    await work.saving.saveOrShow();
    expect([work.step, fake.argumentsOf('revocation.save')]).toEqual(['save', []]);
  });

  test('a bundle is named after the object', async () => {
    const { work, fake } = await opened({ text: SOUND });
    await work.saving.exportBundle();
    expect(fake.argumentsOf('chooseTarget')).toEqual([{ suggestedName: 'lost-bundle.zip', format: 'zip' }]);
    expect(fake.argumentsOf('revocation.exportBundle')).toMatchObject([{ target: 'target' }]);
  });
});

describe('the list', () => {
  test('a discarded document comes back by the button of its message', async () => {
    const { work, state, id } = await opened();
    await work.discard(id);
    expect([work.document, work.documents]).toEqual([undefined, []]);
    notice(state)?.action?.run();
    await settled();
    expect(work.documents.map((summary) => summary.id)).toEqual([id]);
  });

  test('a goal begins a document at the choice, a pasted text at its entries', async () => {
    const { work } = await opened();
    await work.create('node');
    expect([work.goal, work.step]).toEqual(['node', 'choose']);
    await work.paste(ARTICLE);
    expect([work.goal, work.step, work.text]).toEqual([undefined, 'entries', ARTICLE]);
  });

  test('a text that is refused stays where it was pasted', async () => {
    const { work, fake, id } = await opened();
    const problem: Problem = { code: 'revocation.secret-in-text', params: {} };
    fake.problems.set('revocation.create', problem);
    expect(await work.paste('token: x')).toEqual(problem);
    expect(work.document?.id).toBe(id);
  });
});

describe('the palette', () => {
  test('finds a revocation by its name and its file, and opens it at the step where it was left', async () => {
    const { state, work, fake } = await opened({ file: FILE, step: 'recovery' });
    fake.revocations.set(
      '2'.repeat(16) as RevocationDocumentId,
      aRevocation('2'.repeat(16), { goal: 'node', step: 'choose' }),
    );
    await work.close();
    const found = (query: string) => {
      state.commands.search(query);
      return state.commands.results.filter(({ kind }) => kind === 'revocation');
    };
    expect(found('node compromised').map(({ text }) => text)).toEqual(['A node was compromised']);
    const [byFile] = found('lost.yaml');
    if (byFile !== undefined) state.commands.runResult(byFile);
    await settled();
    expect([state.screen, work.step, work.file?.name]).toEqual(['revocation', 'recovery', 'lost.yaml']);
  });

  test('commands lead to the list, to a file, and leave the open document as it is', async () => {
    const { state, work, fake, id } = await opened();
    state.go('expiry');
    state.run('revocation.open');
    expect([state.screen, work.document?.id]).toEqual(['revocation', id]);
    state.run('revocation.create');
    await settled();
    expect([work.document, work.documents.map((summary) => summary.id)]).toEqual([undefined, [id]]);
    state.run('revocation.open-file');
    await settled();
    expect(fake.argumentsOf('chooseSources')).toEqual([{ kind: 'one-file' }]);
    expect(work.document?.file?.name).toBe('lost.yaml');
  });
});

describe('steps', () => {
  const shown = ({ steps }: { steps: readonly { step: string; blocked?: string }[] }) =>
    steps.map(({ step, blocked }) => (blocked === undefined ? step : `${step}: ${blocked}`));

  test('a text without a goal has no choice, until somebody adds from the inventory', async () => {
    const { work } = await opened();
    expect(shown(work)).toEqual(['entries', 'impact', 'recovery', 'save']);
    work.go('goal');
    expect(shown(work)).toEqual(['goal', 'choose: goal', 'entries', 'impact', 'recovery', 'save']);
  });

  test('without an entry there is nothing to judge or save', async () => {
    const { work } = await opened({ text: '', goal: 'serial', step: 'choose' });
    expect(shown(work)).toEqual(['goal', 'choose', 'entries', 'impact: entries', 'recovery: entries', 'save: entries']);
  });

  test('a text that cannot be read is said to be the reason', async () => {
    const { work } = await opened({ text: 'kind: [RenewRevocation\n' });
    expect(shown(work).slice(1)).toEqual(['impact: text', 'recovery: text', 'save: text']);
  });

  test('errors that no phrase takes away stand at the entries, and saved is done while it is true', async () => {
    const text = SOUND.replace('"77fd', '"zz');
    const { work } = await opened({ text, file: FILE });
    expect(work.steps[0]).toMatchObject({ step: 'entries', errors: 1 });
    expect(work.steps.at(-1)).toMatchObject({ step: 'save', state: 'done' });
    work.type(`${text}#`);
    expect(work.steps.at(-1)).toMatchObject({ step: 'save', state: 'open' });
  });
});
