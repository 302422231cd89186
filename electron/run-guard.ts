import { app, type BrowserWindow } from 'electron';
import type { Translate } from '../core/shared/text/text.ts';
import { messageBox } from './confirm.ts';
import type { LiveRuns } from './services/main-calls.ts';

export interface RunGuardOptions {
  runs: () => LiveRuns;
  window: () => BrowserWindow | undefined;
  translate: () => Translate;
  /** Called when the window is hidden; during a run, it must stay reachable. */
  onhidden: () => void;
}

interface Preventable {
  preventDefault: () => void;
}

type Choice = 'stay' | 'background' | 'quit';

/** Prevents a run from ending unnoticed with its window or the console. */
export class RunGuard {
  readonly #options: RunGuardOptions;
  #isDecided = false;
  #asking: Promise<Choice> | undefined;

  constructor(options: RunGuardOptions) {
    this.#options = options;
    app.on('before-quit', (event) => this.#hold(event, false));
  }

  get isLive(): boolean {
    return this.#options.runs().count > 0;
  }

  handleClose(event: Preventable): void {
    this.#hold(event, true);
  }

  #hold(event: Preventable, mayHide: boolean): void {
    if (this.#isDecided || !this.isLive) return;
    event.preventDefault();
    this.#asking ??= this.#question(mayHide).finally(() => (this.#asking = undefined));
    void this.#asking.then((choice) => {
      if (choice === 'quit') {
        this.#isDecided = true;
        app.quit();
      }
      if (choice !== 'background') return;
      this.#options.window()?.hide();
      this.#options.onhidden();
    });
  }

  async #question(mayHide: boolean): Promise<Choice> {
    const { runs, window, translate } = this.#options;
    const text = translate();
    const { working } = runs();
    const choices: Choice[] = mayHide ? ['background', 'quit', 'stay'] : ['stay', 'quit'];
    const question = {
      message: text('dialog.run-live'),
      detail: text(working > 0 ? 'dialog.run-live.working' : 'dialog.run-live.waiting'),
      buttons: choices.map((choice) => text(`dialog.run-live.${choice}`)),
      cancelId: choices.indexOf('stay'),
    };
    return choices[await messageBox(window(), question)] ?? 'stay';
  }
}
