import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Import {
  /** As written, such as `../errors.ts` or `lit`. */
  readonly target: string;
  /** Nothing of it is there when the code runs. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** From the top of the project, such as `src/errors.ts`. */
  readonly path: string;
  readonly lines: number;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

const root = new URL('../../', import.meta.url);

/** Files of the project whose path matches, of the folders given. */
export function sourceFiles(folders: readonly string[], pattern: RegExp): SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(fileURLToPath(new URL(folder, root)), { recursive: true, encoding: 'utf8' })
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((path) => pattern.test(path))
      .sort()
      .map(readSource),
  );
}

export const readJson = (path: string): Record<string, unknown> => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as Record<string, unknown>;

function readSource(path: string): SourceFile {
  const text = readFileSync(new URL(path, root), 'utf8');
  const code = withoutComments(text);
  return { path, lines: text.split('\n').length - 1, code, imports: importsOf(code) };
}

/** Strings, template and regular expression literals are stepped over, so that a `//` in one begins no comment. */
function withoutComments(text: string): string {
  const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|(?<=[(,=:[!&|?{};\n] *)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/[a-z]*/g;
  return text.replace(token, (found) => (found.startsWith('//') || found.startsWith('/*') ? ' ' : found));
}

function importsOf(code: string): Import[] {
  const statements = [...code.matchAll(/^(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'/gm)].map((match) => ({ target: match[2]!, typeOnly: match[1] !== undefined }));
  const effects = [...code.matchAll(/^import\s+'([^']+)'/gm)].map((match) => ({ target: match[1]!, typeOnly: false }));
  const dynamic = [...code.matchAll(/(typeof\s+)?\bimport\(\s*'([^']+)'\s*\)/g)].map((match) => ({ target: match[2]!, typeOnly: match[1] !== undefined }));
  return [...statements, ...effects, ...dynamic];
}
