import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { instant } from '../../../core/shared/instant.ts';
import type { RevocationDocumentId, RevocationGoal, RevocationStep } from '../../../core/revocation/model/view.ts';
import type { ConsoleState } from '../../../renderer/shell/console.svelte.ts';
import { openConsole, type TestConsole } from '../../support/console.ts';

const ARTICLE = readFileSync(join(import.meta.dirname, '../../fixtures/revocation/article.yaml'), 'utf8');
const NOW = instant('2026-11-24T12:00:00Z');
const FILE = '/revocations/lost.yaml';
const SECRET = '-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQ==\n-----END PRIVATE KEY-----\n';

beforeEach(() => {
  vi.useFakeTimers();
  return () => vi.useRealTimers();
});

/** Runs every timer of the screen. */
const settle = () => vi.advanceTimersByTimeAsync(1_000);

interface Begun {
  text?: string;
  file?: string;
  step?: RevocationStep;
  goal?: RevocationGoal;
}

function documentIn(console: TestConsole, id: RevocationDocumentId) {
  const document = console.data.revocations.documents().find((each) => each.id === id);
  if (document === undefined) throw new Error('no such document');
  return document;
}

async function begin(console: TestConsole, begun: Begun): Promise<RevocationDocumentId> {
  const { api, files } = console;
  const { text = ARTICLE, file, step, goal } = begun;
  if (file !== undefined) files.put(file, text);
  const created = await (file === undefined
    ? api.revocation.create({ text, ...(goal !== undefined && { goal }) })
    : api.revocation.openFile({ source: console.ticket(file, 'read:revocation') }));
  if (!created.ok) throw new Error(created.problem.code);
  const { id, objectIndex } = created.value;
  if (step !== undefined) await api.revocation.keep({ documentId: id, text, objectIndex, step, goal });
  return id;
}

async function openDocument(begun: Begun = {}) {
  const console = await openConsole();
  const id = await begin(console, begun);
  const state = console.openWindow();
  await state.settings.load();
  const work = state.revocation;
  await work.load();
  await work.open(id);
  console.asked.length = 0;
  return {
    console,
    state,
    work,
    id,
    rules: () => work.judgement?.findings.map(({ rule }) => rule),
    kept: () => documentIn(console, id),
    keeps: () => console.calls('revocation', 'keep'),
  };
}

function notice(state: ConsoleState) {
  return state.notices.list.at(-1);
}

test('a choice on another screen changes no open document if a new one cannot be created', async () => {
  const { console, state, work, kept } = await openDocument();
  console.fail('revocation', 'create');
  await state.revocationChoice.begin({ goal: 'group', groups: ['ops'] });
  await settle();
  expect(console.calls('revocation', 'propose')).toEqual([]);
  expect(work.text).toBe(ARTICLE);
  expect(kept().text).toBe(ARTICLE);
  expect(state.notices.list).toHaveLength(1);
});

test('a choice on another screen keeps the last change of the open document', async () => {
  const { state, work, kept } = await openDocument();
  work.type(`${ARTICLE}# late\n`);
  await state.revocationChoice.begin({ goal: 'group', groups: ['ops'] });
  expect(work.text).toContain('group: ops');
  expect(kept().text).toBe(`${ARTICLE}# late\n`);
});

describe('the text', () => {
  test('takes one click to fix each danger in the article, and one undo to revert each click', async () => {
    const { work } = await openDocument();
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

  test('has one history for the form and the editor', async () => {
    const { work } = await openDocument();
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

  test('ignores a click on an entry that has moved in the meantime', async () => {
    const { work } = await openDocument();
    const both = await Promise.all([
      work.change({ kind: 'remove', entryIndex: 1 }),
      work.change({ kind: 'remove', entryIndex: 1 }),
    ]);
    expect(both).toEqual([true, false]);
    await settle();
    expect(work.object?.draft.entries.map(({ kind }) => kind)).toEqual(['serialnumber', 'DNS', 'DNS', 'IP']);
  });

  test('keeps input typed during a change, and applies the change to it', async () => {
    const { console, work } = await openDocument();
    const answer = console.hold('revocation', 'edit');
    const done = work.change({ kind: 'set-object', field: 'name', value: 'lost' });
    work.type(`${ARTICLE}# by hand\n`);
    await vi.advanceTimersByTimeAsync(0);
    answer(0);
    await vi.advanceTimersByTimeAsync(0);
    answer(1);
    expect(await done).toBe(true);
    expect(work.text).toContain('name: lost');
    expect(work.text).toMatch(/# by hand\n$/u);
  });

  test('keeps the text unchanged if its layout does not allow a change, and reports that', async () => {
    const text = ARTICLE.replace('revocations:', 'revocations: &all').replace('kind: IP', 'kind: IP\nstatus: *all');
    const { work, state } = await openDocument({ text });
    const isDone = await work.change({ kind: 'set', entryIndex: 99, field: 'ip', value: '::1' });
    expect([isDone, work.text, notice(state)?.problem?.code]).toEqual([false, text, 'revocation.not-editable']);
  });

  test('adds entries from the inventory to the existing object, or to a new one', async () => {
    const { work } = await openDocument({ text: '' });
    const draft = { name: 'lost', entries: [{ kind: 'Group', group: 'a', notBefore: NOW }] };
    await work.take(draft);
    await settle();
    expect(work.object?.draft).toMatchObject({ name: 'lost', kind: 'RenewRevocation' });
    await work.take({ name: 'other', entries: [{ kind: 'Group', group: 'b', notBefore: NOW }] });
    await settle();
    expect(work.object?.draft.name).toBe('lost');
    expect(work.object?.draft.entries.map(({ group }) => group)).toEqual(['a', 'b']);
  });
});

describe('the form', () => {
  test('shows input immediately, adds it to the text after a pause, and reverts it with one undo', async () => {
    const { work } = await openDocument();
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
    await settle();
    expect(work.form.value(place, work.object?.draft.name)).toBe('lost');
    work.undo();
    await settle();
    expect(work.text).toBe(ARTICLE);
    expect(work.form.value(place, work.object?.draft.name)).toBe('my-renew-revocation');
  });

  test('reverts input that is not yet in the text', async () => {
    const { work } = await openDocument();
    work.form.type({ field: 'name' }, 'lost');
    work.undo();
    await settle();
    expect([work.text, work.canRedo]).toEqual([ARTICLE, true]);
  });

  test('removes an emptied description, but keeps an emptied value', async () => {
    const { work } = await openDocument();
    work.form.type({ entryIndex: 4, field: 'description' }, '');
    work.form.type({ entryIndex: 4, field: 'ip' }, '');
    await settle();
    expect(work.object?.draft.entries[4]).toEqual({ kind: 'IP', ip: '' });
  });

  test('moves the value to another field when the kind changes, in one undo step', async () => {
    const { work } = await openDocument();
    const entry = work.object?.draft.entries[1] ?? {};
    await work.form.setKind(1, entry, 'DNS');
    await settle();
    expect(work.object?.draft.entries[1]).toEqual({
      description: 'Revoked certificates by group',
      kind: 'DNS',
      dns: 'system:nodes',
    });
    work.undo();
    expect(work.text).toBe(ARTICLE);
  });

  test('writes a cutoff in UTC with a precision of one second, and removes it', async () => {
    const { work } = await openDocument();
    await work.setNotBeforeToNow(1);
    expect(work.text).toContain('notBefore: "2026-11-24T12:00:00Z"');
    await work.setNotBefore(1, undefined);
    expect(work.text).toBe(ARTICLE);
  });
});

describe('judging the text', () => {
  test('discards the result for an older version of the text', async () => {
    const { console, work } = await openDocument();
    const answer = console.hold('revocation', 'judge');
    for (const name of ['first', 'second']) {
      work.type(ARTICLE.replace('my-renew-revocation', name));
      await settle();
    }
    expect(console.calls('revocation', 'judge')).toHaveLength(2);
    answer(1);
    await settle();
    answer(0);
    await settle();
    expect([work.object?.draft.name, work.isJudging]).toEqual(['second', false]);
  });

  test('judges the text after a pause in typing', async () => {
    const { work, console } = await openDocument();
    const before = console.calls('revocation', 'judge').length;
    for (const letter of 'abc') work.type(`${work.text}#${letter}`);
    expect(work.isJudging).toBe(true);
    await settle();
    expect(console.calls('revocation', 'judge').length - before).toBe(1);
    expect([work.isJudging, work.judgementText]).toEqual([false, work.text]);
  });

  test('reports a missing object, except in empty text', async () => {
    const { work, rules } = await openDocument({ text: '' });
    expect(rules()).toEqual([]);
    work.type('kind: ConfigMap\n');
    await settle();
    expect(rules()).toEqual(['revocation.no-object']);
  });

  test('judges the text again for another kubeconfig, which is saved with the document', async () => {
    const { work, console, kept } = await openDocument();
    work.useKubeconfig('C:\\other');
    await settle();
    expect(console.calls('revocation', 'judge').at(-1)).toMatchObject({ kubeconfig: 'C:\\other' });
    expect(kept().kubeconfig).toBe('C:\\other');
  });
});

describe('autosave', () => {
  test('writes the text shortly after the last change, in one write', async () => {
    const { work, kept, keeps } = await openDocument();
    work.type(`${ARTICLE}# a`);
    await vi.advanceTimersByTimeAsync(299);
    work.type(`${ARTICLE}# ab`);
    await vi.advanceTimersByTimeAsync(299);
    expect(keeps()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect([keeps().length, kept().text]).toEqual([1, `${ARTICLE}# ab`]);
  });

  test('writes nothing when a document is only opened', async () => {
    const { keeps } = await openDocument({ step: 'impact' });
    await settle();
    expect(keeps()).toEqual([]);
  });

  test('writes immediately when the step, the screen or the window changes', async () => {
    const { work, state, kept } = await openDocument();
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

  test('restores everything after a crash: text, step, goal, object and kubeconfig', async () => {
    const { work, console, id } = await openDocument();
    work.choose('group');
    work.useKubeconfig('C:\\kube');
    work.type(`${ARTICLE}---\n${ARTICLE}`);
    await settle();
    work.showObject(1);
    work.go('recovery');
    await settle();
    const afterwards = await openConsole({ files: await console.copyData() });
    const again = afterwards.openWindow();
    await again.revocation.load();
    await again.revocation.open(id);
    expect(again.revocation).toMatchObject({
      text: `${ARTICLE}---\n${ARTICLE}`,
      step: 'recovery',
      goal: 'group',
      kubeconfig: 'C:\\kube',
    });
    expect(documentIn(afterwards, id).objectIndex).toBe(1);
  });

  test('rejects text with a secret, shows that until it is fixed, and asks before closing', async () => {
    const { work, kept } = await openDocument();
    work.type(`${ARTICLE}${SECRET}`);
    await settle();
    expect([work.unkept?.code, kept().text]).toEqual(['revocation.secret-in-text', ARTICLE]);
    await work.close();
    expect([work.dialog, work.document?.id]).toEqual([{ kind: 'unkept' }, kept().id]);
    work.undo();
    await settle();
    expect(work.unkept).toBeUndefined();
    await work.close();
    expect(work.document).toBeUndefined();
  });

  test('retries a failed write when the window is viewed again', async () => {
    const { work, console, kept } = await openDocument();
    console.files.isFull = true;
    work.type(`${ARTICLE}# a`);
    await settle();
    expect(work.unkept?.code).toBe('store.not-writable');
    console.files.isFull = false;
    await work.look();
    expect([work.unkept, kept().text]).toEqual([undefined, `${ARTICLE}# a`]);
  });
});

describe('the file', () => {
  /** Returns the text as changed by another program. */
  const theirs = (name: string): string => ARTICLE.replace('my-renew', name);

  test('shows the file as edited from the first letter, before the change is saved', async () => {
    const { work } = await openDocument({ file: FILE });
    expect(work.file?.edited).toBe(false);
    work.type(`${ARTICLE}#`);
    expect(work.file?.edited).toBe(true);
  });

  test('reports a change by another program until the admin decides, and then reports if the file is deleted', async () => {
    const { work, console } = await openDocument({ file: FILE });
    console.files.put(FILE, theirs('a'));
    await work.look();
    expect(work.drift).toBe('changed');
    work.keepMine();
    expect(work.drift).toBeUndefined();
    await work.look();
    expect(work.drift).toBeUndefined();
    console.files.drop(FILE);
    await work.look();
    expect(work.drift).toBe('gone');
  });

  test('reports another change of the file after the admin has dismissed the first one', async () => {
    const { work, console } = await openDocument({ file: FILE });
    console.files.put(FILE, theirs('a'));
    await work.look();
    work.keepMine();
    console.files.put(FILE, theirs('b'));
    await work.look();
    expect(work.drift).toBe('changed');
    work.keepMine();
    expect(work.drift).toBeUndefined();
    // The dismissed content returns, which is also a change.
    console.files.put(FILE, theirs('a'));
    await work.look();
    expect(work.drift).toBe('changed');
  });

  test('loads the changed file as an undoable change', async () => {
    const { work, console, kept } = await openDocument({ file: FILE });
    console.files.put(FILE, theirs('their-renew'));
    await work.reload();
    await settle();
    expect([work.text, work.drift]).toEqual([theirs('their-renew'), undefined]);
    work.undo();
    await settle();
    expect([work.text, kept().text]).toEqual([ARTICLE, ARTICLE]);
  });

  test('compares the file without loading it', async () => {
    const { work, console } = await openDocument({ file: FILE });
    console.files.put(FILE, theirs('their-renew'));
    await work.compare();
    expect(work.dialog).toEqual({ kind: 'compare', theirs: theirs('their-renew') });
    expect(work.text).toBe(ARTICLE);
  });

  test('does not overwrite a change by another program unless the admin confirms it', async () => {
    const { work, console } = await openDocument({ file: FILE, text: SOUND });
    console.files.put(FILE, theirs('their-renew'));
    await work.saving.save();
    expect(work.dialog).toEqual({ kind: 'overwrite' });
    await work.saving.overwrite();
    expect(console.calls('revocation', 'save').at(-1)).toMatchObject({ overwrite: true });
    expect(work.dialog).toBeUndefined();
    expect(new TextDecoder().decode(await console.files.read(FILE, Infinity))).toContain('name: lost');
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
  test('asks for a file if there is none, and includes the last letter typed', async () => {
    const { work, console } = await openDocument({ text: SOUND });
    work.form.type({ field: 'name' }, 'last');
    await work.saving.save();
    expect(console.calls('application', 'chooseTarget')).toEqual([{ suggestedName: 'last.yaml', format: 'yaml' }]);
    expect(new TextDecoder().decode(await console.files.read('/saved', Infinity))).toContain('name: last');
    expect(work.file).toMatchObject({ edited: false, onDisk: 'same' });
  });

  test('writes nothing if the admin cancels the dialog', async () => {
    const { work, console } = await openDocument({ text: SOUND });
    console.target = null;
    await work.saving.save();
    expect([console.calls('revocation', 'save'), work.saving.busy]).toEqual([[], false]);
  });

  test('releases a dangerous object only after the phrase is typed', async () => {
    const text = SOUND.replace(
      '- kind: serialnumber\n    serialNumber: "77fdf4b1033b387aaace6ce1c18710c2"',
      `- kind: Group\n    group: system:masters\n    notBefore: "2026-11-24T11:00:00Z"`,
    );
    const { work, console } = await openDocument({ text });
    const phrase = work.judgement?.guard.phrase ?? '';
    expect(phrase).toContain('system:masters');
    expect(work.saving.ready).toBe(false);
    work.saving.understood = phrase.slice(0, -1);
    expect(work.saving.ready).toBe(false);
    work.saving.understood = `  ${phrase} `;
    expect(work.saving.ready).toBe(true);
    await work.saving.copy();
    expect(console.copied).toHaveLength(1);
    expect(console.calls('revocation', 'copy')).toEqual([{ documentId: work.document?.id, text, understood: phrase }]);
  });

  test('opens the step that shows what is missing if the shortcut is pressed too early', async () => {
    const { work, console } = await openDocument();
    await work.saving.saveOrShow();
    expect([work.step, console.calls('revocation', 'save')]).toEqual(['save', []]);
  });

  test('names a bundle after its object', async () => {
    const { work, console } = await openDocument({ text: SOUND });
    await work.saving.exportBundle();
    expect(console.calls('application', 'chooseTarget')).toEqual([{ suggestedName: 'lost-bundle.zip', format: 'zip' }]);
    expect(console.files.paths()).toContain('/saved');
  });
});

describe('the list', () => {
  test('restores a discarded document with the button in the message', async () => {
    const { work, state, id } = await openDocument();
    await work.discard(id);
    expect([work.document, work.documents]).toEqual([undefined, []]);
    notice(state)?.action?.run();
    await settle();
    expect(work.documents.map((summary) => summary.id)).toEqual([id]);
  });

  test('opens a new document for a goal at the step “choose”, and one from pasted text at the step “entries”', async () => {
    const { work } = await openDocument();
    await work.create('node');
    expect([work.goal, work.step]).toEqual(['node', 'choose']);
    await work.paste(ARTICLE);
    expect([work.goal, work.step, work.text]).toEqual([undefined, 'entries', ARTICLE]);
  });

  test('keeps the open document if pasted text is rejected', async () => {
    const { work, id } = await openDocument();
    expect(await work.paste(SECRET)).toMatchObject({ code: 'revocation.secret-in-text' });
    expect(work.document?.id).toBe(id);
  });
});

describe('the palette', () => {
  test('finds a revocation by name and by file, and opens it at the step where it was left', async () => {
    const { state, work, console } = await openDocument({ file: FILE, step: 'recovery' });
    await begin(console, { text: '', goal: 'node' });
    await work.load();
    await work.close();
    const findCommands = (query: string) => {
      state.commands.query = query;
      return state.commands.results.filter(({ kind }) => kind === 'revocation');
    };
    expect(findCommands('node compromised').map(({ text }) => text)).toEqual(['A node was compromised']);
    const [byFile] = findCommands('lost.yaml');
    if (byFile !== undefined) state.commands.runResult(byFile);
    await settle();
    expect([state.screen, work.step, work.file?.name]).toEqual(['revocation', 'recovery', 'lost.yaml']);
  });

  test('opens the screen with the current document, the list for a new document, or a file', async () => {
    const { state, work, console, id } = await openDocument();
    state.go('expiry');
    state.run('revocation.open');
    expect([state.screen, work.document?.id]).toEqual(['revocation', id]);
    state.run('revocation.create');
    await settle();
    expect([work.document, work.documents.map((summary) => summary.id)]).toEqual([undefined, [id]]);
    console.files.put(FILE, ARTICLE);
    console.sources = [FILE];
    state.run('revocation.open-file');
    await settle();
    expect(console.calls('application', 'chooseSources')).toEqual([{ kind: 'revocation' }]);
    expect(work.document?.file?.name).toBe('lost.yaml');
  });
});

describe('the steps', () => {
  const describeSteps = ({ steps }: { steps: readonly { step: string; blocked?: string }[] }) =>
    steps.map(({ step, blocked }) => (blocked === undefined ? step : `${step}: ${blocked}`));

  test('do not include “choose” for pasted text until the admin opens the “goal” step', async () => {
    const { work } = await openDocument();
    expect(describeSteps(work)).toEqual(['entries', 'impact', 'save', 'recovery']);
    work.go('goal');
    expect(describeSteps(work)).toEqual(['goal', 'choose: goal', 'entries', 'impact', 'save', 'recovery']);
  });

  test('after “entries” are blocked until there is an entry', async () => {
    const { work } = await openDocument({ text: '', goal: 'serial', step: 'choose' });
    expect(describeSteps(work)).toEqual([
      'goal',
      'choose',
      'entries',
      'impact: entries',
      'save: entries',
      'recovery: entries',
    ]);
  });

  test('after “entries” are blocked with a reason if the text cannot be parsed', async () => {
    const { work } = await openDocument({ text: 'kind: [RenewRevocation\n' });
    expect(describeSteps(work).slice(1)).toEqual(['impact: text', 'save: text', 'recovery: text']);
  });

  test('count errors at the step “entries”, and mark saving as done only while the file is up to date', async () => {
    const text = SOUND.replace('"77fd', '"zz');
    const { work } = await openDocument({ text, file: FILE });
    expect(work.steps[0]).toMatchObject({ step: 'entries', errors: 1 });
    expect(work.steps.at(-2)).toMatchObject({ step: 'save', state: 'done' });
    work.type(`${text}#`);
    expect(work.steps.at(-2)).toMatchObject({ step: 'save', state: 'open' });
  });
});
