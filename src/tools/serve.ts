import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve, sep } from 'node:path';
import { createGzip } from 'node:zlib';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.ipynb': 'application/x-ipynb+json; charset=utf-8',
  '.xml': 'application/xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.gz': 'application/gzip',
};
const typeOf = (path: string) => types[extname(path)] ?? 'application/octet-stream';

/** What a plain static host does: nothing more, so that a site that works here works anywhere. */
export interface ServeOptions {
  /** Path the folder is mounted at, decoded, with a slash at both ends. */
  prefix?: string;
  /** 0 for any free one. */
  port?: number;
  /** Text goes compressed to whoever takes it so, as most hosts send it. */
  gzip?: boolean;
  /** Told the path of every request that was answered with 404. */
  onMissing?: (path: string) => void;
}

/** What lies at a path: a file, a folder that wants a slash, or nothing. */
async function find(folder: string, path: string): Promise<{ file: string } | 'folder' | undefined> {
  const target = resolve(folder, `.${path}`);
  if (target !== folder && !target.startsWith(folder + sep)) return undefined;
  const file = path.endsWith('/') ? join(target, 'index.html') : target;
  const found = await stat(file).catch(() => undefined);
  if (found?.isDirectory()) return 'folder';
  return found && { file };
}

function send(response: ServerResponse, status: number, file: string, gzip = false): void {
  const head = { 'content-type': typeOf(file), 'cache-control': 'no-cache' };
  const packed = gzip && /text|javascript|json|xml|wasm/.test(typeOf(file));
  response.writeHead(status, packed ? { ...head, 'content-encoding': 'gzip' } : head);
  if (packed) createReadStream(file).pipe(createGzip()).pipe(response);
  else createReadStream(file).pipe(response);
}

/** The path below the prefix, decoded; undefined outside it or when it is no valid path. */
function below(prefix: string, url: string): string | undefined {
  try {
    const path = decodeURIComponent(url.split(/[?#]/)[0]);
    return path.startsWith(prefix) && !path.includes('\0') ? path.slice(prefix.length - 1) : undefined;
  } catch {
    return undefined;
  }
}

async function notFound(folder: string, response: ServerResponse): Promise<void> {
  const page = await find(folder, '/404.html');
  if (page && page !== 'folder') return send(response, 404, page.file);
  response.writeHead(404, { 'content-type': 'text/plain' }).end('404: nothing here');
}

async function answer(
  folder: string,
  options: ServeOptions,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const path = below(options.prefix ?? '/', request.url ?? '/');
  const found = path === undefined ? undefined : await find(folder, path);
  if (found === 'folder') {
    const [address, query] = (request.url ?? '').split('?');
    response.writeHead(301, { location: `${address}/${query ? `?${query}` : ''}` }).end();
  } else if (found) {
    const taken = /\bgzip\b/.test(String(request.headers['accept-encoding']));
    send(response, 200, found.file, options.gzip && taken);
  } else {
    options.onMissing?.(request.url ?? '');
    await notFound(folder, response);
  }
}

const listen = (server: Server, port: number) =>
  new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', done);
  });

/** Serves a folder as a plain static host would. @throws when the port is taken. */
export async function serve(
  folder: string,
  options: ServeOptions = {},
): Promise<{ server: Server; port: number }> {
  const root = resolve(folder);
  const server = createServer((request, response) => void answer(root, options, request, response));
  await listen(server, options.port ?? 0);
  return { server, port: (server.address() as AddressInfo).port };
}
