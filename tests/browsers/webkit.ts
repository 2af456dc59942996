import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { type Browser, patience } from './tab.ts';

/** A port that nobody listens at. */
const freePort = () =>
  new Promise<number>((done, failed) => {
    const server = createServer().once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });

/** Errors as WebKit writes them to the terminal: "CONSOLE JS ERROR ...". */
function hearErrors(driver: ChildProcess): string[] {
  const found: string[] = [];
  const hear = (text: Buffer) => {
    for (const line of String(text).split('\n'))
      if (/^CONSOLE (\w+ )?ERROR/.test(line)) found.push(line.slice(0, 500));
  };
  driver.stdout!.on('data', hear);
  driver.stderr!.on('data', hear);
  return found;
}

type Ask = (method: string, path: string, body?: object) => Promise<any>;

/** Plain WebDriver, one request a command. @throws with the driver's own words. */
function asker(port: number): Ask {
  return async (method, path, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(patience),
    });
    const { value } = (await response.json()) as { value: any };
    if (!response.ok) throw new Error(`WebKit, ${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  };
}

async function untilReady(ask: Ask, tries = 200): Promise<void> {
  const [last] = await Promise.allSettled([ask('GET', '/status')]);
  if (last.status === 'fulfilled') return;
  if (tries === 0) throw last.reason;
  await new Promise((done) => setTimeout(done, 100));
  return untilReady(ask, tries - 1);
}

/** The text of a script that calls `work` and gives back what its promise gives. */
const scriptOf = (work: (...args: never[]) => unknown) => `
  const [args, done] = arguments;
  Promise.resolve().then(() => (${work})(...args)).then(
    (value) => done({ value }), (error) => done({ error: String(error?.message ?? error) }));`;

/** WebKitGTK's small browser, in a window system of its own that nobody sees. */
export async function openWebKit(binary: string): Promise<Browser> {
  const port = await freePort();
  const screen = ['-a', '-s', '-screen 0 1400x1000x24', 'WebKitWebDriver', `--port=${port}`];
  const driver = spawn('xvfb-run', screen, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const found = hearErrors(driver);
  const ask = asker(port);
  await untilReady(ask);
  const args = ['--automation', '--enable-write-console-messages-to-stdout=true'];
  const { sessionId, capabilities } = await ask('POST', '/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args } } },
  });
  const session = `/session/${sessionId}`;
  await ask('POST', `${session}/timeouts`, { script: patience, pageLoad: patience });
  await ask('POST', `${session}/window/rect`, { width: 1280, height: 900 });
  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    open: (url) => ask('POST', `${session}/url`, { url }),
    async call(work, ...args) {
      const script = scriptOf(work as never);
      const { value, error } = await ask('POST', `${session}/execute/async`, { script, args: [args] });
      if (error) throw new Error(error);
      return value;
    },
    async type(keys) {
      const actions = [...keys].flatMap((key) => {
        const value = key === '\n' ? '\ue007' : key;
        return ['keyDown', 'keyUp'].map((type) => ({ type, value }));
      });
      await ask('POST', `${session}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] });
    },
    faults: () => found.splice(0),
    picture: async () => Buffer.from(await ask('GET', `${session}/screenshot`), 'base64'),
    async close() {
      await ask('DELETE', session).catch(() => {});
      process.kill(-driver.pid!, 'SIGTERM');
    },
  };
}
