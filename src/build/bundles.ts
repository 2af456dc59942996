import type { Plugin } from 'esbuild';
import { drawingDom } from './drawing-dom.ts';
import { provideCore, sharedCore, withoutThreads } from './shared-core.ts';

/** A classic script of the site. Lazy ones load when a reader asks for what they do, and have a `.text.js` twin. */
export interface Bundle {
  entry: string;
  lazy: boolean;
  plugins?: Plugin[];
}

/** The scripts by name. They load by relative path over http and from the disk alike. */
export const bundles: Record<string, Bundle> = {
  theme: { entry: 'src/ui/theme.ts', lazy: false },
  page: { entry: 'src/ui/page.ts', lazy: false },
  figures: { entry: 'src/ui/figures/main.ts', lazy: true },
  report: { entry: 'src/ui/report/main.ts', lazy: false },
  notebook: { entry: 'src/ui/notebook/main.ts', lazy: true },
  draw: { entry: 'src/draw/main.ts', lazy: true, plugins: [drawingDom] },
  editor: { entry: 'src/editor/main.ts', lazy: true },
  take: { entry: 'src/ui/take/main.ts', lazy: true },
  verify: { entry: 'src/ui/verify/main.ts', lazy: true },
  search: { entry: 'src/ui/search/main.ts', lazy: false },
  offline: { entry: 'src/ui/offline/main.ts', lazy: false },
  kernel: { entry: 'src/kernel/main.ts', lazy: true, plugins: [provideCore()] },
  webgpu: { entry: 'src/kernel/backends/script-webgpu.ts', lazy: true, plugins: [sharedCore()] },
  wasm: {
    entry: 'src/kernel/backends/script-wasm.ts',
    lazy: true,
    plugins: [sharedCore(), withoutThreads()],
  },
};
