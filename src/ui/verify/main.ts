/** The page that verifies the library: one notebook after another, on the reader's machine. */
import type { BackendName, Verdict } from '../../protocol.ts';
import { formatNumber } from '../../render/format.ts';
import {
  marginWords,
  type Report,
  summary,
  tableOf,
  type VerifiedPaper,
  verified,
} from '../../render/verification.ts';
import { saveText } from '../figures/save.ts';
import { openLink } from '../notebook/link.ts';
import { paper } from '../notebook/site.ts';
import { backendName } from '../notebook/words.ts';
import { type LoneKernel, openKernel } from '../probe/kernel.ts';
import { findDifference } from './difference.ts';

const page = document.querySelector<HTMLElement>('[data-verify]');
if (page) verifyPage(page);

function verifyPage(page: HTMLElement): void {
  const one = <T extends HTMLElement>(selector: string) => page.querySelector<T>(selector)!;
  const rows = () => [...page.querySelectorAll<HTMLElement>('[data-paper]')];
  const says = one('[data-verify-says]');
  const found = new Map<string, VerifiedPaper>();
  let kernel: LoneKernel | undefined;
  let verdict: Verdict | undefined;
  let stopped = false;
  let running = false;

  const asked = () =>
    (one<HTMLSelectElement>('[name=backend]').value || undefined) as BackendName | undefined;

  /** Goes on with the papers that have no result yet. */
  async function run(): Promise<void> {
    if (found.size === rows().length) clear();
    stopped = false;
    busy(true);
    for (const row of rows()) {
      const slug = row.dataset.paper!;
      if (found.has(slug)) continue;
      if (stopped) break;
      row.dataset.state = 'running';
      tell(`Running ${slug}: ${found.size + 1} of ${rows().length}.`);
      const result = await verifyOne(slug);
      delete row.dataset.state;
      if (!result) continue;
      found.set(slug, result);
      write(row, result);
    }
    busy(false);
    const words = report() ? summary(report()!) : 'Nothing was verified';
    const device = verdict
      ? `, on ${backendName(verdict)}${verdict.device ? ` (${verdict.device})` : ''}`
      : '';
    tell(
      `${words}${device}.${found.size < rows().length ? ' Stopped: press Go on to verify the rest.' : ''}`,
    );
    page.dataset.outcome = found.size < rows().length ? 'stopped' : 'done';
    if (found.size === rows().length) end();
  }

  /** Runs one paper on two backends in step, and says under it where they part. */
  async function difference(row: HTMLElement): Promise<void> {
    const words = row.querySelector('[data-difference-says]')!;
    stopped = false;
    busy(true);
    words.textContent = 'Comparing every operation on two backends.';
    try {
      const { notebook } = await paper(row.dataset.paper!);
      words.textContent = await findDifference(notebook, verdict!.backend, openLink, (next) => {
        kernel = next;
      });
    } catch (error) {
      words.textContent = stopped ? '' : `Not compared: ${(error as Error).message}.`;
    }
    kernel = undefined;
    busy(false);
  }

  /** Runs one paper; undefined when it was stopped. A kernel that breaks is replaced for the next. */
  async function verifyOne(slug: string): Promise<VerifiedPaper | undefined> {
    const { notebook, recording } = await paper(slug);
    try {
      kernel ??= await openKernel(openLink, asked(), location.search.includes('software=true'));
      verdict = await kernel.verdict;
      kernel.load(notebook);
      return verified(slug, recording, await kernel.ask({ settings: {} }));
    } catch (error) {
      end();
      if (stopped) return undefined;
      const none = { checks: [], milliseconds: 0, kernels: 0, peakBytes: 0, tensors: 0, operations: [] };
      return verified(slug, recording, { ...none, error: (error as Error).message });
    }
  }

  function end(): void {
    kernel?.end();
    kernel = undefined;
  }

  function clear(): void {
    found.clear();
    for (const row of rows())
      for (const cell of row.querySelectorAll('[data-here], [data-margin], [data-holds], [data-took]'))
        cell.textContent = '';
    for (const line of page.querySelectorAll('.fails')) line.classList.remove('fails');
    for (const words of page.querySelectorAll('[data-difference-says]')) words.textContent = '';
    for (const button of page.querySelectorAll<HTMLElement>('[data-difference]')) button.hidden = true;
  }

  function write(row: HTMLElement, { checks, milliseconds, kernels, peakBytes, error }: VerifiedPaper): void {
    row.querySelector('[data-took]')!.textContent = error
      ? `did not run to its end: ${error}`
      : `${formatNumber(milliseconds / 1000, 2)} s, ${kernels} kernels, ${formatNumber(peakBytes / 2 ** 20, 2)} MB`;
    row.querySelector<HTMLElement>('[data-difference]')!.hidden =
      !error && checks.every(({ holds }) => holds);
    for (const check of checks) {
      const line = row.querySelector(`[data-check="${CSS.escape(check.id)}"]`);
      if (!line) continue;
      line.classList.toggle('fails', !check.holds);
      line.querySelector('[data-here]')!.textContent = formatNumber(check.measured);
      line.querySelector('[data-margin]')!.textContent = marginWords(check.margin);
      line.querySelector('[data-holds]')!.textContent = check.holds ? 'holds' : 'fails';
    }
  }

  function report(): Report | undefined {
    if (!verdict) return undefined;
    return {
      version: page.dataset.version!,
      date: new Date().toISOString().slice(0, 10),
      backend: verdict.backend,
      device: verdict.device,
      machine: `${navigator.userAgent.replace(/^Mozilla\/5\.0 /, '')}, ${navigator.hardwareConcurrency} cores`,
      papers: rows().flatMap((row) => found.get(row.dataset.paper!) ?? []),
    };
  }

  function tell(words: string): void {
    says.textContent = words;
    const bar = one<HTMLProgressElement>('progress');
    bar.max = rows().length;
    bar.value = found.size;
  }

  function busy(on: boolean): void {
    running = on;
    if (on) delete page.dataset.outcome;
    one('[data-verify-stop]').hidden = !on;
    one<HTMLButtonElement>('[data-verify-run]').disabled = on;
    one('[data-verify-run]').textContent =
      found.size > 0 && found.size < rows().length
        ? 'Go on'
        : found.size
          ? 'Verify again'
          : 'Verify the library';
    one('progress').hidden = !on;
    one('[data-verify-take]').hidden = on || found.size === 0;
  }

  page.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest('button');
    if (button?.matches('[data-verify-run]') && !running) void run();
    if (button?.matches('[data-difference]') && !running) void difference(button.closest('[data-paper]')!);
    if (button?.matches('[data-verify-stop]')) {
      stopped = true;
      end();
    }
    const done = report();
    if (button?.dataset.take === 'json' && done)
      saveText(
        `${JSON.stringify(done, null, 2)}\n`,
        `verified-${done.backend}-${done.date}.json`,
        'application/json',
      );
    if (button?.dataset.take === 'table' && done)
      navigator.clipboard?.writeText(tableOf(done)).then(
        () => tell('The table is in the clipboard.'),
        () => saveText(tableOf(done), `verified-${done.backend}-${done.date}.md`, 'text/markdown'),
      ) ?? saveText(tableOf(done), `verified-${done.backend}-${done.date}.md`, 'text/markdown');
  });
  page.addEventListener('change', ({ target }) => {
    // Another backend is another verification.
    if ((target as HTMLSelectElement).name !== 'backend' || running) return;
    end();
    clear();
    busy(false);
    tell('');
  });
}
