/** The one door to DuckDB: loaded when first used, shut off from files, network and extensions. */

import type { DuckDBBindings, DuckDBConnection, DuckDBRuntime } from '@duckdb/duckdb-wasm/blocking';
import { registerAssets } from './assets.ts';

export interface Sql {
  /** Runs one statement; the answer is an Arrow stream. Throws Error with DuckDB's own words. */
  run(statement: string): Uint8Array;
  /** Makes a table of an Arrow stream that has rows. */
  insert(table: string, stream: Uint8Array): void;
}

interface Database {
  readonly bindings: DuckDBBindings;
  readonly functions: ReadonlySet<string>;
}

let database: Promise<Database> | null = null;

/** Names of the functions whose answer hangs on their arguments alone, as DuckDB's own catalogue says. */
export const pureFunctions = async (): Promise<ReadonlySet<string>> => (await (database ??= load())).functions;

/** The one connection of this process or worker. */
export const connectSql = async (): Promise<Sql> => (connected ??= connect((await (database ??= load())).bindings));

let connected: Sql | null = null;

function connect(bindings: DuckDBBindings): Sql {
  let connection: DuckDBConnection = bindings.connect();
  return {
    run: (statement) => told(() => connection.useUnsafe((db, id) => db.runQuery(id, statement))),
    insert(table, stream) {
      try {
        told(() => connection.insertArrowFromIPCStream(stream, { name: table, create: true }));
      } catch (error) {
        // A failed insert leaves its connection unable to insert again.
        connection.close();
        connection = bindings.connect();
        throw error;
      }
    },
  };
}

/** The builds for Node and for a browser stand behind one name and differ in the runtime they export. */
type Blocking = typeof import('@duckdb/duckdb-wasm/blocking') & { readonly BROWSER_RUNTIME?: DuckDBRuntime };

async function load(): Promise<Database> {
  const { VoidLogger, createDuckDB, NODE_RUNTIME, BROWSER_RUNTIME } = (await import('@duckdb/duckdb-wasm/blocking')) as Blocking;
  const bundle = { mainModule: registerAssets().duckdbModule(), mainWorker: '' };
  const db = await createDuckDB({ mvp: bundle, eh: bundle }, new VoidLogger(), BROWSER_RUNTIME ?? NODE_RUNTIME);
  await db.instantiate(() => {});
  db.open({});
  const connection = db.connect();
  // Without these an unknown function makes it look for an extension on the network, and wait for ever where there is none.
  for (const setting of ['autoload_known_extensions', 'autoinstall_known_extensions', 'enable_external_access']) {
    connection.query(`SET ${setting} = false`);
  }
  connection.query('SET lock_configuration = true');
  const functions = connection.query(pureNames).toArray().map((row) => String(row['name']));
  connection.close();
  return { bindings: db, functions: new Set(functions) };
}

/**
 * Scalar functions with no variant that hangs on more; those that tell of the session or its settings are left out,
 * though constant, and `age`, which with one argument counts to today.
 */
const pureNames = `
  SELECT function_name AS name FROM duckdb_functions() WHERE function_type IN ('scalar', 'macro') GROUP BY ALL
  HAVING bool_and(coalesce(stability, '') = 'CONSISTENT' AND function_type = 'scalar') AND NOT bool_or(
    regexp_matches(function_name, '^(current_|pg_|inet_|has_|getvariable|getenv|nextval|currval|txid|in_search|version|error|sleep|write_|read_|query|col_description|obj_description|shobj|age$)'))`;

function told<T>(use: () => T): T {
  try {
    return use();
  } catch (error) {
    throw new Error(messageOf(error), { cause: error });
  }
}

/** DuckDB's message without the statement it quotes, which is ours in part. */
function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const json = /"exception_message":"((?:[^"\\]|\\.)*)"/.exec(text);
  const message = json === null ? text : (JSON.parse(`"${json[1]}"`) as string);
  return message.split('\n\nLINE')[0]!.trim();
}
