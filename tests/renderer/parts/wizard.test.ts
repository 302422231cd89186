import { describe, expect, test } from 'vitest';
import { WizardState } from '../../../renderer/parts/wizard/wizard.svelte.ts';

type Step = 'ask' | 'check' | 'run';

class Wizard extends WizardState<Step> {
  readonly order = ['ask', 'check', 'run'] as const;
  blocked: Step[] = [];

  constructor() {
    super('ask');
  }

  isBlocked(step: Step): boolean {
    return this.blocked.includes(step);
  }

  startOver(): void {
    this.restart();
  }
}

const words = (step: Step, state: string) => ({ name: step, note: state });

describe('a wizard', () => {
  test('begins with its first step and finds the adjacent steps', () => {
    const wizard = new Wizard();
    expect([wizard.step, wizard.stepBy(-1), wizard.stepBy(1)]).toEqual(['ask', undefined, 'check']);
    wizard.go('run');
    expect([wizard.stepBy(-1), wizard.stepBy(1)]).toEqual(['check', undefined]);
  });

  test('goes back to the last step that was seen, and to the step before if none was', () => {
    const wizard = new Wizard();
    wizard.go('run');
    expect(wizard.previous).toBe('ask');
    wizard.go('check');
    wizard.go('run');
    expect(wizard.previous).toBe('check');
    wizard.go('ask');
    expect(wizard.previous).toBeUndefined();
    wizard.seen = new Set(['run']);
    wizard.step = 'run';
    expect(wizard.previous).toBe('check');
  });

  test('does not open a blocked step', () => {
    const wizard = new Wizard();
    wizard.blocked = ['run'];
    wizard.go('run');
    expect(wizard.step).toBe('ask');
    expect(wizard.list(words).map(({ isBlocked }) => isBlocked)).toEqual([false, false, true]);
  });

  test('marks the visited steps as done, and never shows the open step as blocked', () => {
    const wizard = new Wizard();
    wizard.go('check');
    wizard.blocked = ['check'];
    expect(wizard.list(words).map(({ state }) => state)).toEqual(['done', 'current', 'open']);
    expect(wizard.list(words)[1]?.isBlocked).toBe(false);
  });

  test('shows only the note of a step with a fault', () => {
    const wizard = new Wizard();
    const list = wizard.list((step) => ({ name: step, note: '2 problems', isFaulty: step === 'check' }));
    expect(list.map(({ isNoteShown }) => isNoteShown)).toEqual([false, true, false]);
  });

  test('moves the focus when a step is opened by a button in the wizard, not from the list', () => {
    const wizard = new Wizard();
    wizard.go('check');
    expect(wizard.moves).toBe(0);
    wizard.move('run');
    expect([wizard.step, wizard.moves]).toEqual(['run', 1]);
  });

  test('forgets the visited steps when it is restarted', () => {
    const wizard = new Wizard();
    wizard.go('run');
    wizard.startOver();
    expect(wizard.list(words).map(({ state }) => state)).toEqual(['current', 'open', 'open']);
  });
});
