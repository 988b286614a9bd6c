import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileOf, serveFolder, type StaticServer } from '../../src/entry/static-server.ts';

let home: string;
let server: StaticServer;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'static-'));
  const root = join(home, 'web');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(home, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'index.html'), '<!doctype html>');
  writeFileSync(join(root, 'assets', 'worker-1a2b.js'), 'self;');
  writeFileSync(join(root, 'assets', 'kernels-1a2b.wasm'), new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]));
  server = await serveFolder(root, [0]);
});
afterAll(async () => {
  await server.close();
  rmSync(home, { recursive: true });
});

/** A request whose path is sent as it is; `fetch` would tidy it up. */
function rawStatus(path: string): Promise<number> {
  const { port } = new URL(server.url);
  return new Promise((done, fail) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      done(response.statusCode!);
    }).on('error', fail).end();
  });
}

describe('serveFolder', () => {
  it('is bound to this machine alone', () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  });

  it('serves the page, not to be kept', async () => {
    const response = await fetch(server.url);
    expect(await response.text()).toBe('<!doctype html>');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('serves WebAssembly with its type, hashed names for long', async () => {
    const response = await fetch(new URL('assets/kernels-1a2b.wasm', server.url));
    expect(response.headers.get('content-type')).toBe('application/wasm');
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect(await WebAssembly.compileStreaming(Promise.resolve(response))).toBeInstanceOf(WebAssembly.Module);
  });

  it('sends the content security policy with everything, worker scripts and refusals too', async () => {
    for (const path of ['', 'assets/worker-1a2b.js', 'nothing']) {
      const policy = (await fetch(new URL(path, server.url))).headers.get('content-security-policy');
      expect(policy).toContain("default-src 'self'");
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'");
      expect(policy).toContain("connect-src 'self'");
    }
  });

  it.each(['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%5c..%5csecret.txt', '/%00', '/%zz', '/assets', '/nothing'])('answers %s with 404', async (path) => {
    expect(await rawStatus(path)).toBe(404);
  });

  it('answers GET and HEAD alone', async () => {
    const head = await fetch(server.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '15', '']);
    expect((await fetch(server.url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('takes the next free port, and says when there is none', async () => {
    const taken = Number(new URL(server.url).port);
    const second = await serveFolder(home, [taken, 0]);
    expect(second.url).not.toBe(server.url);
    await second.close();
    await expect(serveFolder(home, [taken])).rejects.toEqual(expect.objectContaining({ kind: 'usage' }));
  });
});

describe('fileOf', () => {
  it('stays within the folder', () => {
    expect(fileOf('/web', '/a/b.js?x=/../..')).toBe('/web/a/b.js');
    expect(fileOf('/web', '/')).toBe('/web/index.html');
    expect(fileOf('/web', 'http://else/x')).toBeNull();
    expect(fileOf('/web', '/.git/config')).toBeNull();
  });
});
