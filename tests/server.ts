import { randomBytes } from 'node:crypto';
import { type ServeOptions, serve } from '../src/tools/serve.ts';

/** A site under a path nobody chose, as a page may find itself on any host. */
export interface TestServer {
  origin: string;
  /** Address of the site's root, encoded, with a slash at the end. */
  base: string;
  /** Paths answered with 404, in order. */
  missing: string[];
  close(): Promise<void>;
}

/** Serves a folder under a random path with a space and a letter beyond ASCII. */
export async function startServer(
  folder: string,
  options: Pick<ServeOptions, 'gzip'> = {},
): Promise<TestServer> {
  const prefix = `/w p-ü/${randomBytes(2).toString('hex')}/`;
  const missing: string[] = [];
  const { server, port } = await serve(folder, {
    ...options,
    prefix,
    onMissing: (path) => missing.push(path),
  });
  const origin = `http://localhost:${port}`;
  const close = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  return { origin, base: origin + encodeURI(prefix), missing, close };
}
